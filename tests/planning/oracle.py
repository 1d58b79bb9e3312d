"""An oracle for the rules of the calendar: random calendars, and what must be found in them, by counting.

Written apart from `comms.planning.rules` and in another way: windows are tried day by day, dependencies are closed as
a matrix, and requests are known as tuples instead of words. Nothing of the rules is imported here but the plain data.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product

from comms.planning.rules.asks import asks_of
from comms.planning.rules.world import PlannedCampaign, PlannedEntry, PlannedMilestone, UsedChannel, World

TODAY = date(2026, 11, 20)
STATUSES = ("idee", "concept", "review", "gepland", "live", "geevalueerd")
AUDIENCES = ("schakelorganisaties", "private-partners", "breed-publiek")
FUNCTIONS = (
    "informatiedeling", "doelwit-en-slachtoffernotificatie", "incidentafhandeling", "kennisuitwisseling",
    "opleiden-trainen-oefenen",
)  # fmt: skip
THEMES = ("nis2", "ransomware", "ot")
#: What can be asked, with and without "not", in words that differ in order and articles.
REQUESTS = {
    "update": (("Installeer de update vandaag", "Vandaag de update installeer"), ("Installeer vandaag geen update",)),
    "bijlage": (("Open het bericht wel", "Open het bericht"), ("Open het bericht niet", "Open nooit het bericht")),
    "melding": (("Doe aangifte bij de politie",), ("Doe geen aangifte bij de politie",)),
}
DEADLINES = ("", "direct", "2026-12-01")


@dataclass(frozen=True)
class Saying:
    """Something that an item asks: which request, whether not to, by when, of whom ("" for every audience)."""

    request: str
    is_not: bool
    deadline: str = ""
    audience: str = ""


@dataclass
class Story:
    """An item with what the oracle knows of it."""

    key: str
    day: date
    hour: int
    status: str
    audiences: set = field(default_factory=set)
    functions: set = field(default_factory=set)
    themes: set = field(default_factory=set)
    channels: set = field(default_factory=set)
    needs: set = field(default_factory=set)
    embargo: datetime | None = None
    published: datetime | None = None
    public_from: datetime | None = None
    sayings: list = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, self.hour, tzinfo=UTC)


@dataclass
class Calendar:
    """A whole calendar."""

    stories: list
    campaigns: list
    milestones: list
    channels: list
    warm: set


def random_calendar(seed: int) -> Calendar:
    """Draw a calendar of a few dozen items, crowded enough to collide."""
    draw = random.Random(seed)
    channels = [UsedChannel(1, "Nieuwsbrief", 7), UsedChannel(2, "Website", 0, True), UsedChannel(3, "Pers", 0)]
    stories = [_story(draw, number) for number in range(draw.randint(8, 28))]
    for story in stories:
        story.needs = set(draw.sample([one.key for one in stories], draw.choice((0, 0, 1, 2)))) - {story.key}
    campaigns = [
        PlannedCampaign(
            key=f"campagne-{number}",
            title="Campagne",
            first=(first := TODAY + timedelta(days=draw.randint(-40, 40))),
            last=first + timedelta(days=draw.randint(0, 30)),
            is_over=draw.random() < 0.3,
            functions=frozenset(draw.sample(FUNCTIONS, draw.randint(0, 2))),
        )
        for number in range(4)
    ]
    milestones = [
        PlannedMilestone(
            key=f"mijlpaal-{number}",
            title="Mijlpaal",
            function=draw.choice(FUNCTIONS),
            day=(day := TODAY + timedelta(days=draw.randint(-120, 120))),
            celebrated_on=draw.choice((None, day, day + timedelta(days=draw.randint(-5, 40)))),
            is_declined=draw.random() < 0.2,
        )
        for number in range(draw.randint(0, 8))
    ]
    return Calendar(stories, campaigns, milestones, channels, set(draw.sample(FUNCTIONS, draw.randint(0, 2))))


def _story(draw: random.Random, number: int) -> Story:
    story = Story(
        key=f"item-{number:03d}",
        day=TODAY + timedelta(days=draw.randint(-25, 25)),
        hour=draw.randint(0, 23),
        status=draw.choice((*STATUSES, "gepland", "live")),
        audiences=set(draw.sample(AUDIENCES, draw.randint(0, 3))),
        functions=set(draw.sample(FUNCTIONS, draw.randint(0, 2))),
        themes=set(draw.sample(THEMES, draw.randint(0, 1))),
        channels=set(draw.sample((1, 2, 3), draw.randint(0, 2))),
    )
    for name, chance in (("embargo", 0.25), ("published", 0.3), ("public_from", 0.2)):
        if draw.random() < chance:
            setattr(story, name, story.moment + timedelta(hours=draw.randint(-300, 300)))
    for _number in range(draw.randint(0, 2)):
        is_action = draw.random() < 0.5
        story.sayings.append(
            Saying(
                draw.choice(tuple(REQUESTS)),
                draw.random() < 0.4,
                draw.choice(DEADLINES) if is_action else "",
                draw.choice(("", *AUDIENCES)) if is_action else "",
            )
        )
    return story


def plant(calendar: Calendar, seed: int) -> set:
    """Add one sure conflict of every kind that items make, far from the rest, and return them."""
    draw, far = random.Random(seed + 10_000), TODAY + timedelta(days=900 + seed % 50)
    base = len(calendar.stories)

    def add(offset: int, **values) -> Story:
        story = Story(f"geplant-{len(calendar.stories) - base}", far + timedelta(days=offset), 12, "gepland")
        for name, value in values.items():
            setattr(story, name, value)
        calendar.stories.append(story)
        return story

    crowd = [add(draw.randint(0, 3), audiences={"private-partners"}) for _number in range(4)]
    yes = add(100, audiences={"breed-publiek"}, functions={FUNCTIONS[0]}, sayings=[Saying("update", False)])
    no = add(105, audiences={"breed-publiek"}, functions={FUNCTIONS[0]}, sayings=[Saying("update", True)])
    source = add(200, embargo=datetime(far.year, 1, 1, tzinfo=UTC) + timedelta(days=900))
    early = add(201, needs={source.key})
    full = [add(300, channels={3}) for _number in range(3)]
    last = add(410)
    first = add(400, needs={last.key})
    return {
        ("doelgroep-te-vaak", "private-partners", frozenset(one.key for one in crowd)),
        ("boodschappen-tegenstrijdig", "", frozenset({yes.key, no.key})),
        ("embargo-gebroken", "", frozenset({source.key})),
        ("embargo-gebroken", "", frozenset({early.key})),
        ("kanaal-vol", "Pers", frozenset(one.key for one in full)),
        ("wacht-op-later", "", frozenset({first.key, last.key})),
    }


def world_of(calendar: Calendar, seed: int) -> World:
    """Return the calendar as the rules see it, with every request written out in words."""
    draw = random.Random(seed)
    return World(
        today=TODAY,
        entries=tuple(
            PlannedEntry(
                key=story.key,
                title=story.key,
                starts=story.moment,
                day=story.day,
                status=story.status,
                audiences=frozenset(story.audiences),
                functions=frozenset(story.functions),
                themes=frozenset(story.themes),
                channels=frozenset(story.channels),
                embargo_until=story.embargo,
                needs=frozenset(story.needs),
                published=story.published,
                public_from=story.public_from,
                asks=_asks(story, draw),
            )
            for story in calendar.stories
        ),
        campaigns=tuple(calendar.campaigns),
        milestones=tuple(calendar.milestones),
        channels=tuple(calendar.channels),
        warm=frozenset(calendar.warm),
    )


def _asks(story: Story, draw: random.Random):
    message, actions = [], []
    for saying in story.sayings:
        words = draw.choice(REQUESTS[saying.request][saying.is_not])
        if saying.deadline or saying.audience:
            actions.append({"action": words, "deadline": saying.deadline, "audience": saying.audience})
        else:
            message.append(draw.choice((words, words.upper())))
    return asks_of(". ".join(message), actions)


# --- what must be found ------------------------------------------------------------------------------
def expected(calendar: Calendar, limits: dict) -> set:
    """Return every conflict as (rule, place, keys), found by trying everything."""
    return {
        *_crowds(calendar, *limits["doelgroep-te-vaak"]),
        *_contradictions(calendar, limits["boodschappen-tegenstrijdig"][1]),
        *_embargoes(calendar),
        *_warm(calendar, limits["in-warme-fase"][1]),
        *_quarters(calendar),
        *_celebrations(calendar, limits["mijlpaal-zonder-viering"][1]),
        *_waiting(calendar),
        *_full(calendar, limits["kanaal-vol"][0]),
        *_soon(calendar),
        *_past(calendar, limits["voorbij-maar-niet-klaar"][1]),
    }


def _out(calendar: Calendar) -> list:
    return [one for one in calendar.stories if one.status in ("gepland", "live", "geevalueerd")]


def _crowds(calendar: Calendar, most: int, days: int):
    for audience in AUDIENCES:
        hit = [one for one in _out(calendar) if audience in one.audiences]
        windows = set()
        for story in hit:
            for shift in range(days):
                start = story.day - timedelta(days=shift)
                inside = {one.key for one in hit if 0 <= (one.day - start).days < days}
                windows.add(frozenset(inside))
        for window in windows:
            if len(window) > most and not any(window < other for other in windows):
                yield "doelgroep-te-vaak", audience, window


def _contradictions(calendar: Calendar, days: int):
    heard = [one for one in calendar.stories if one.status in ("gepland", "live")]
    for one, other in product(heard, heard):
        near = abs((one.day - other.day).days) <= days
        related = any(f in other.functions for f in one.functions) or any(t in other.themes for t in one.themes)
        if one.key != other.key and near and related and _impossible(one, other):
            yield "boodschappen-tegenstrijdig", "", frozenset({one.key, other.key})


def _impossible(one: Story, other: Story) -> bool:
    for audience, mine, yours in product(AUDIENCES, one.sayings, other.sayings):
        if audience not in one.audiences or audience not in other.audiences or mine.request != yours.request:
            continue
        if mine.audience not in ("", audience) or yours.audience not in ("", audience):
            continue
        opposite = mine.is_not ^ yours.is_not
        other_day = mine.deadline != "" and yours.deadline != "" and mine.deadline != yours.deadline
        if opposite or other_day:
            return True
    return False


def _embargoes(calendar: Calendar):
    stories = {one.key: one for one in calendar.stories}
    reach = {(a, b): a == b or b in stories[a].needs for a in stories for b in stories}
    for middle, a, b in product(stories, stories, stories):  # Warshall: the middle changes slowest
        reach[a, b] = reach[a, b] or (reach[a, middle] and reach[middle, b])
    for key, story in stories.items():
        if story.status in ("idee", "geevalueerd"):
            continue
        moments = [story.moment] + ([story.published] if story.published else [])
        broken = any(
            moment < stories[needed].embargo
            for needed in stories
            for moment in moments
            if reach[key, needed] and stories[needed].embargo
        )
        only_inside = story.audiences == {"schakelorganisaties"}
        if story.public_from and not only_inside and story.moment < story.public_from:
            broken = True
        if broken:
            yield "embargo-gebroken", "", frozenset({key})


def _warm(calendar: Calendar, days: int):
    near = {TODAY + timedelta(days=number) for number in range(days + 1)}
    for story in calendar.stories:
        if story.status in ("concept", "review", "gepland") and story.day in near and story.functions & calendar.warm:
            yield "in-warme-fase", "", frozenset({story.key})
    for campaign in calendar.campaigns:
        length = (campaign.last - campaign.first).days + 1
        runs = {campaign.first + timedelta(days=number) for number in range(length)}
        if runs & near and not campaign.is_over and set(campaign.functions) & calendar.warm:
            yield "in-warme-fase", "", frozenset({campaign.key})


def _quarters(calendar: Calendar):
    months = next(q for q in ((1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11, 12)) if TODAY.month in q)
    for function in FUNCTIONS:
        stand = [m for m in calendar.milestones if m.function == function]
        if not any(m.day.year == TODAY.year and m.day.month in months for m in stand):
            yield "functie-zonder-mijlpaal", function, frozenset()


def _celebrations(calendar: Calendar, days: int):
    for milestone in calendar.milestones:
        good = [milestone.day + timedelta(days=number) for number in range(days + 1)]
        if milestone.celebrated_on not in good and not milestone.is_declined:
            yield "mijlpaal-zonder-viering", "", frozenset({milestone.key})


def _waiting(calendar: Calendar):
    for one, other in permutations(calendar.stories, 2):
        if one.status in ("live", "geevalueerd") or other.key not in one.needs:
            continue
        if one.moment < other.moment:
            yield "wacht-op-later", "", frozenset({one.key, other.key})


def _full(calendar: Calendar, most: int):
    for channel, day in product(calendar.channels, {one.day for one in calendar.stories}):
        same = {one.key for one in _out(calendar) if one.day == day and channel.key in one.channels}
        if len(same) > most and not channel.is_continuous:
            yield "kanaal-vol", channel.name, frozenset(same)


def _soon(calendar: Calendar):
    for channel in calendar.channels:
        if channel.is_continuous:
            continue
        used = [one for one in _out(calendar) if channel.key in one.channels]
        for first, second in product(used, used):
            gap = (second.day - first.day).days
            between = any(first.day < one.day < second.day for one in used)
            if 0 < gap < channel.every_days and not between:
                both = frozenset(one.key for one in used if one.day in (first.day, second.day))
                yield "kanaal-te-snel", channel.name, both


def _past(calendar: Calendar, days: int):
    for story in calendar.stories:
        if story.status in ("concept", "review") and (TODAY - story.day).days > days:
            yield "voorbij-maar-niet-klaar", "", frozenset({story.key})
