"""A word of its own in every field, and everybody looks everywhere: who reads more than chapter 3 says? (M2)."""

import pytest
from django.urls import reverse

from comms.enums import Tlp
from comms.events.enums import EventStatus, RegistrationState
from comms.events.models import Event, ProgrammeItem, Registration
from tests.access.event_rows import EVENTS
from tests.cast import PRINCIPALS, Cast
from tests.factories.events import EventFactory, registered

pytestmark = pytest.mark.django_db
WRITERS = {"mem", "rep", "wg", "mem-x", "mem-o", "rcp"}
#: Token → who may meet it on the pages of the agenda, in files and in the search.
TITLES = {
    "kanarieclear": set(PRINCIPALS),
    "kanariegreen": WRITERS | {"coord", "nctv"},
    "kanarieamber": {"mem", "rep", "wg", "mem-x", "coord"},
    "kanarieconcept": {"rep", "wg", "coord"},
    "kanariegeheimconcept": {"rep", "coord"},
}
#: Names and wishes of who comes: organisers of the Havenring, and the person.
PEOPLE = {"kanariegast": {"rep", "coord"}, "kanariedieet": {"rep", "coord"}, "kanarieorganisatie": {"rep", "coord"}}
#: Who changes the event sees the address in the form.
ADDRESS = {"kanarieadres": {"rep", "wg", "coord"}, "kanarieonline": {"rep", "wg", "coord"}}
TOKENS = TITLES | PEOPLE | ADDRESS


def furnish(cast: Cast) -> list[Event]:
    """Make an event of each kind of visibility, full of tokens."""
    haven, zorg = cast.organisations["havenring"], cast.organisations["zorgring"]
    events = [
        EventFactory(
            title=title, summary=f"{title} kanarievogel", description=f"{title} beschreven", tlp=tlp, status=status,
            owner=haven, addressed=[zorg] if tlp == Tlp.AMBER and status != EventStatus.DRAFT else None,
        )
        for title, tlp, status in (
            ("kanarieclear", Tlp.CLEAR, EventStatus.PUBLISHED),
            ("kanariegreen", Tlp.GREEN, EventStatus.PUBLISHED),
            ("kanarieamber", Tlp.AMBER, EventStatus.PUBLISHED),
            ("kanarieconcept", Tlp.GREEN, EventStatus.DRAFT),
            ("kanariegeheimconcept", Tlp.AMBER, EventStatus.DRAFT),
        )
    ]  # fmt: skip
    for event in events:
        ProgrammeItem.objects.create(event=event, title=event.title, starts_at=event.starts_at, ends_at=event.ends_at)
    public = events[0]
    Event.objects.filter(pk=public.pk).update(
        address="kanarieadres 1", online_address="https://kanarieonline.example/", allows_guests=True
    )
    registered(public, name="kanariegast", needs="kanariedieet", organisation_name="kanarieorganisatie")
    registered(public, name="kanariegast", state=RegistrationState.WAITING)
    return events


def addresses(events: list[Event]) -> list[str]:
    """Return every address of the agenda, for every event, and where the search shows events."""
    found = ["/?q=kanarievogel", "/mijn/", "/sitemap-agenda.xml", f"{reverse('suggestions')}?q=kana"]
    found += [reverse("home_data", args=[form]) + "?q=kanarievogel" for form in ("json", "csv", "atom")]
    for row in EVENTS:
        for event in events:
            names: dict[str, object] = {"slug": event.slug}
            arguments = row.arguments.__closure__ and [
                cell.cell_contents for cell in row.arguments.__closure__ if isinstance(cell.cell_contents, dict)
            ]
            for extra in arguments or ():
                names |= extra
            if row.name.startswith("registration_"):
                continue
            if row.name in ("event_list", "events_file", "events_atom", "my_events", "event_desk", "event_new"):
                names = {}
            found.append(reverse(row.name, kwargs=names) + row.query)
    keys = Registration.objects.values_list("event__slug", "key")
    found += [reverse("event_check_in", args=[slug, key]) for slug, key in keys]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_nobody_meets_a_word_that_is_not_for_them(cast, principal):
    events = furnish(cast)
    client, met, leaks = cast.client(principal), set(), []
    for address in addresses(events):
        answer = client.get(address)
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        for token, allowed in TOKENS.items():
            echoed = text.replace(address, "")
            if token in echoed:
                met.add(token)
                leaks += [] if principal in allowed else [(address, token)]
    assert leaks == []
    if principal != "nomfa":
        assert met == {token for token, allowed in TOKENS.items() if principal in allowed}
