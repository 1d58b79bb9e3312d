"""The rows of the access matrix for events (security.md chapter 3; R98)."""

from uuid import UUID

from comms.enums import Tlp
from comms.events.models import Event
from tests.access.matrix import ABSENT, FOUND, OK, WRONG, Arguments, Row, members, public
from tests.cast import Cast
from tests.factories.events import EventFactory

NOBODY = UUID(int=0)
WRITERS = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
READERS = {Tlp.GREEN: (*WRITERS, "coord", "nctv"), Tlp.AMBER: ("mem", "rep", "wg", "mem-x", "coord")}
EDITORS, ORGANISERS = ("rep", "wg", "coord"), ("rep", "coord")


def labelled(tlp: Tlp = Tlp.CLEAR, **extra) -> Arguments:
    """The address of an event of the Havenring, addressed to the Zorgring."""

    def arguments(cast: Cast) -> dict:
        slug = f"bijeen-{tlp}"
        if not Event.objects.filter(slug=slug).exists():
            EventFactory(
                slug=slug,
                tlp=tlp,
                owner=cast.organisations["havenring"],
                calls_for_contributions=True,
                addressed=[cast.organisations["zorgring"]],
            )
        return {"slug": slug, **extra}

    return arguments


def draft(cast: Cast) -> dict:
    """The address of a draft of the Havenring."""
    if not Event.objects.filter(slug="bijeen-concept").exists():
        EventFactory(slug="bijeen-concept", status="concept", owner=cast.organisations["havenring"])
    return {"slug": "bijeen-concept"}


def desk(name: str, *people: str, arguments: Arguments | None = None) -> Row:
    """A page of the desk of who organises."""
    return Row(name, ABSENT, {OK: people, FOUND: ("anon",)}, arguments or labelled())


def press(name: str, arguments: Arguments) -> Row:
    """Something that only a POST does."""
    return Row(name, WRONG, {FOUND: ("anon",)}, arguments)


EVENTS = [
    *(public(name) for name in ("event_list", "events_file", "events_atom")),
    public("event_list", query="?voorbij=1&q=haven&soort=webinar&regio=zeeland&pagina=99"),
    members("my_events"),
    *(public(name, arguments=labelled()) for name in ("event_detail", "event_file", "guest_received")),
    *(
        Row(name, ABSENT, {OK: readers}, labelled(tlp))
        for tlp, readers in READERS.items()
        for name in ("event_detail", "event_file", "event_register")
    ),
    Row("event_detail", ABSENT, {OK: EDITORS}, draft),
    members("event_register", arguments=labelled()),
    Row("event_contribute", ABSENT, {OK: WRITERS, FOUND: ("anon",)}, labelled()),
    *(
        Row(name, 410, arguments=lambda cast: {"token": "onbekend"})
        for name in ("registration_link", "registration_confirm", "registration_file")
    ),
    Row("event_desk", ABSENT, {OK: EDITORS, FOUND: ("anon",)}),
    Row("event_new", ABSENT, {OK: EDITORS, FOUND: ("anon",)}),
    *(desk(name, *EDITORS) for name in ("event_edit", "event_call_off", "event_close")),
    desk("event_edit", *ORGANISERS, arguments=labelled(Tlp.AMBER)),
    *(
        desk("event_parts", *EDITORS, arguments=labelled(part=part))
        for part in ("programma", "sprekers", "stukken", "materiaal")
    ),
    desk("event_parts", arguments=labelled(part="onzin")),
    desk("event_part_change", arguments=labelled(part="programma", pk=0)),
    *(
        desk(name, *ORGANISERS)
        for name in ("event_invitations", "event_offers", "event_participants", "event_participants_file")
    ),
    desk("event_check_in", arguments=labelled(key=NOBODY)),
    *(press(name, labelled()) for name in ("event_publish", "event_ask_again", "event_answer")),
    *(press(name, labelled(pk=0)) for name in ("event_offer_decide", "event_material_back")),
    press("event_part_remove", labelled(part="programma", pk=0)),
    press("event_participant_mark", labelled(key=NOBODY)),
]
