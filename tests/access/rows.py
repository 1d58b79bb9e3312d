"""The rows of the access matrix: every address of the portal, outside the admin."""

from django.utils import timezone

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.models import CalendarEntry
from cwn.delivery.models import Mailing
from cwn.portal.models import SavedSearch
from tests.access.campaign_rows import CAMPAIGNS
from tests.access.event_rows import EVENTS
from tests.access.matrix import (
    ABSENT,
    FOUND,
    OF_HAVENRING,
    OK,
    REFUSED,
    WRONG,
    Arguments,
    Row,
    members,
    organisation,
    public,
)
from tests.access.newsletters import NEWSLETTERS
from tests.access.subscriptions import SUBSCRIPTIONS
from tests.access.template_rows import TEMPLATES
from tests.access.year_rows import YEARS
from tests.cast import Cast
from tests.factories.comms import PublicationFactory, published
from tests.factories.planning import EntryFactory

HAVENRING = organisation("havenring")


def sharing(cast: Cast) -> dict:
    """The address of a function."""
    return {"function": "informatiedeling"}


def for_own_people(name: str, arguments=HAVENRING, **options) -> Row:
    """A page of an organisation for its own members; others do not learn that it exists."""
    return Row(name, ABSENT, {OK: OF_HAVENRING, FOUND: ("anon",)}, arguments, **options)


def for_representatives(name: str, arguments=HAVENRING, **options) -> Row:
    """A form of an organisation for those who may act for it."""
    return Row(name, ABSENT, {OK: ("rep",), FOUND: ("anon",)}, arguments, **options)


def button(name: str, arguments) -> Row:
    """Something that only a POST does: a GET is refused by its method, for whoever is logged in."""
    return Row(name, WRONG, {FOUND: ("anon",)} if name != "log_out_elsewhere" else {}, arguments)


def contact_of_havenring(cast: Cast) -> dict:
    """The address of a contact of Petra's organisation."""
    return {"slug": "havenring", "pk": cast.organisations["havenring"].contacts.order_by("pk")[0].pk}


def first_membership(cast: Cast) -> dict:
    """The address of Petra's membership."""
    return {"slug": "havenring", "pk": cast["mem"].memberships.get().pk}


def search_of_petra(cast: Cast) -> dict:
    """The address of a search that Petra keeps."""
    search = SavedSearch.objects.get_or_create(
        user=cast["mem"], language="nl", query="q=kanarie-zoekvraag", defaults={"name": "kanarie-zoekvraag"}
    )[0]
    return {"pk": search.pk}


#: Addresses of log-in flows that are tested step by step elsewhere; a bare GET leads to their beginning.
ELSEWHERE = (
    "demo_login",  # only in the demo: tests/accounts/test_demo.py
    "demo_mail",
    "demo_mail_detail",
    "mfa_login_webauthn",
    "mfa_signup_webauthn",
    "media_file",  # tests/core/test_media.py
)

PAGES = [
    public("health_live", without_second_factor=OK),
    public("health_ready", without_second_factor=OK),
    public("health_mail", without_second_factor=OK),
    public("security_txt", without_second_factor=OK),
    public("robots"),
    public("brand_stylesheet", without_second_factor=OK),
    public("sitemap"),
    Row("sitemap_section", ABSENT, arguments=lambda cast: {"section": "geheim"}),
    public("home"),
    public("home", query="?q=haven&regio=zeeland&sector=zorg"),
    public("organisation_list"),
    public("initiative_list"),
    public("publication_list"),
    *(
        public(name, arguments=lambda cast, form=form: {"form": form})
        for name in ("home_data", "organisation_list_data", "initiative_list_data", "publication_list_data")
        for form in ("json", "csv", "atom")
    ),
    public("suggestions", query="?q=ring"),
    public("faq_list"),
    Row("faq_detail", ABSENT, arguments=organisation("bestaat-niet")),
    public("function_list"),
    Row("function_detail", ABSENT, arguments=sharing),  # no charter loaded
    Row("function_changes", ABSENT, arguments=sharing),
    Row("function_phase", ABSENT, {FOUND: ("anon",)}, sharing),  # opened by coordinators in tests/functions
    Row("function_phase_period", ABSENT, {FOUND: ("anon",)}, lambda cast: {"function": "informatiedeling", "pk": 0}),
    public("join"),
    public("apply_to_join"),
    public("application_sent"),
    Row("confirm_application", 410, arguments=lambda cast: {"token": "onbekend"}),
    public("contact"),
    public("contact_received"),
    public("accessibility"),
    public("privacy"),
    public("legal_register"),
    public("styleguide"),
]
REGISTRY = [
    public("organisation_detail", arguments=HAVENRING),
    public("organisation_detail", arguments=organisation("geraadpleegde-ring")),
    *(
        Row("organisation_detail", ABSENT, {OK: ("coord", "nctv")}, organisation(hidden))
        for hidden in ("prospectring", "kandidaatring", "geschorste-ring", "voormalige-ring")
    ),
    Row("initiative_detail", ABSENT, arguments=organisation("bestaat-niet")),
]
MY_ORGANISATION = [
    members("my_organisation"),
    members("saved_search_list"),
    members("save_search"),
    members("save_search", query="?van=/partners/%3Fq%3Dhaven"),
    *(
        Row(name, ABSENT, {OK: ("mem",), FOUND: ("anon",)}, search_of_petra)
        for name in ("change_saved_search", "remove_saved_search")
    ),
    button("look_at_saved_search", search_of_petra),
    for_own_people("own_organisation"),
    for_own_people("my_profile"),
    for_own_people("my_contacts"),
    for_own_people("my_participation"),
    for_own_people("my_members"),
    for_representatives("propose_profile"),
    for_representatives("add_contact"),
    for_representatives("change_contact", contact_of_havenring),
    for_representatives("end_contact", contact_of_havenring),
    for_representatives("change_participation", lambda cast: {"slug": "havenring", "function": "informatiedeling"}),
    for_representatives("add_constituency"),
    Row("change_constituency", ABSENT, {FOUND: ("anon",)}, lambda cast: {"slug": "havenring", "pk": 0}),
    Row("remove_constituency", ABSENT, {FOUND: ("anon",)}, lambda cast: {"slug": "havenring", "pk": 0}),
    for_representatives("invite_person"),
    for_representatives("change_member_role", first_membership),
    for_representatives("end_membership", first_membership),
    button("withdraw_proposal", HAVENRING),
    button("set_field_visibility", HAVENRING),
    button("confirm_contacts", HAVENRING),
    button("withdraw_invitation", lambda cast: {"slug": "havenring", "pk": 0}),
    button("request_lift_link", lambda cast: {"pk": 0}),
    Row("lift_suspension", ABSENT, {FOUND: ("anon",)}, lambda cast: {"token": "onbekend"}),
]
API = [  # a session counts for nothing there: everybody is a visitor without a key
    *(
        public(name, without_second_factor=OK)
        for name in ("api_document", "api_publications", "api_organisations", "api_initiatives", "api_functions")
    ),
    Row("api_publication", ABSENT, arguments=organisation("bestaat-niet"), without_second_factor=ABSENT),
    Row("api_organisation", OK, arguments=HAVENRING, without_second_factor=OK),
    Row("api_organisation", ABSENT, arguments=organisation("prospectring"), without_second_factor=ABSENT),
    Row("api_initiative", ABSENT, arguments=organisation("bestaat-niet"), without_second_factor=ABSENT),
    Row("api_function", ABSENT, arguments=organisation("informatiedeling"), without_second_factor=ABSENT),
    Row("api_absent", ABSENT, without_second_factor=ABSENT),
]
ACCOUNT = [
    Row("accept_invitation", 410, arguments=lambda cast: {"token": "onbekend"}),
    members("account_home"),
    members("token_list"),
    button("withdraw_token", lambda cast: {"pk": 0}),
    button("log_out_elsewhere", lambda cast: {}),
    Row("account_login", FOUND, {OK: ("anon",)}),
    Row("account_signup", FOUND, {OK: ("anon",)}),  # explains the invitation; there is no sign-up
    members("account_logout", without_second_factor=OK),
    public("account_inactive", without_second_factor=OK),
    Row("account_reauthenticate", FOUND, without_second_factor=REFUSED),
    members("account_email"),
    public("account_email_verification_sent"),
    Row("account_change_password", FOUND),
    members("account_set_password"),
    public("account_reset_password"),
    public("account_reset_password_done"),
    public("account_reset_password_from_key", arguments=lambda cast: {"uidb36": "a", "key": "b"}),
    public("account_reset_password_from_key_done"),
    public("account_confirm_email", arguments=lambda cast: {"key": "onbekend"}),
    Row("account_confirm_login_code", FOUND),
    members("mfa_index", without_second_factor=OK),
    Row("mfa_authenticate", FOUND),
    members("mfa_reauthenticate"),
    Row("mfa_activate_totp", FOUND, without_second_factor=OK),
    Row("mfa_deactivate_totp", FOUND),
    Row("mfa_view_recovery_codes", ABSENT, {FOUND: ("anon",)}),
    Row("mfa_generate_recovery_codes", FOUND),
    Row("mfa_download_recovery_codes", ABSENT, {FOUND: ("anon",)}),
    members("mfa_list_webauthn", without_second_factor=OK),
    Row("mfa_add_webauthn", FOUND, without_second_factor=OK),
    Row("mfa_reauthenticate_webauthn", FOUND),
    Row("mfa_edit_webauthn", FOUND, arguments=lambda cast: {"pk": 0}),
    Row("mfa_remove_webauthn", ABSENT, {FOUND: ("anon",)}, lambda cast: {"pk": 0}),
]


def _publication(slug: str, **fields) -> None:
    if not Publication.objects.filter(slug=slug).exists():
        PublicationFactory(slug=slug, **fields)


def draft_of_havenring(cast: Cast) -> dict:
    """The address of a draft that Ruben writes; Petra, who only belongs to the organisation, does not see it."""
    _publication("concept-van-de-haven", owner=cast.organisations["havenring"], author=cast["rep"])
    return {"slug": "concept-van-de-haven"}


def issued_of_havenring(cast: Cast) -> dict:
    """The address of something that Ruben published."""
    _publication(
        "bericht-van-de-haven",
        owner=cast.organisations["havenring"],
        author=cast["rep"],
        status=PublicationStatus.PUBLISHED,
        published_at=timezone.now(),
        version=1,
    )
    return {"slug": "bericht-van-de-haven"}


def of_draft(name: str, *people: str, **options) -> Row:
    """A page about a draft."""
    return Row(name, ABSENT, {OK: people, FOUND: ("anon",)}, draft_of_havenring, **options)


def of_issued(name: str, *people: str) -> Row:
    """A page about something that was issued."""
    return Row(name, ABSENT, {OK: people, FOUND: ("anon",)}, issued_of_havenring)


WRITERS = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
DESK = [
    Row("publication_desk", ABSENT, {OK: (*WRITERS, "coord"), FOUND: ("anon",)}),
    Row("publication_register", ABSENT, {OK: ("nctv",), FOUND: ("anon",)}),
    Row("publication_new", ABSENT, {OK: WRITERS, FOUND: ("anon",)}),
    *(
        of_draft(name, "rep", "coord")
        for name in (
            "publication_edit",
            "publication_preview",
            "publication_review",
            "publication_history",
            "publication_publish",
        )
    ),
    of_draft("publication_preview", "rep", "coord", query="?als=tekst&partner=zorgring"),
    *(
        of_draft(name, "rep")
        for name in ("publication_state", "publication_readers", "publication_attachments", "publication_discard")
    ),
    *(
        of_issued(name, "rep", "coord")
        for name in (
            "publication_edit",
            "publication_label",
            "publication_restrict",
            "publication_withdraw",
            "publication_supersede",
            "publication_renew",
        )
    ),
    *(
        of_issued(name)  # not at this place on the way
        for name in ("publication_ask_wider", "publication_unschedule", "publication_drop_correction")
    ),
    Row("relabel_refuse", ABSENT, {FOUND: ("anon",)}, lambda cast: {"slug": "bestaat-niet", "pk": 0}),
    *(
        button(name, draft_of_havenring)
        for name in (
            "publication_save",
            "publication_merge",
            "publication_approve",
            "publication_start_correction",
        )
    ),
    *(
        button(name, lambda cast: {"slug": "bestaat-niet", "pk": 0})
        for name in ("remark_accept", "remark_decline", "relabel_consent", "relabel_decide", "attachment_remove")
    ),
    button("publication_restore", lambda cast: {"slug": "bestaat-niet", "event": 0}),
]


def labelled(tlp: Tlp) -> Arguments:
    """The address of something that Wim published for the Zorgring: for the Havenring, and of RED for Rik."""

    def arguments(cast: Cast) -> dict:
        slug = f"lezen-{tlp}"
        if not Publication.objects.filter(slug=slug).exists():
            published(
                slug=slug,
                tlp=tlp,
                owner=cast.organisations["zorgring"],
                author=cast["wg"],
                addressed_organisations=[cast.organisations["havenring"]],
                named_readers=[cast["rcp"]],
            )
        return {"slug": slug}

    return arguments


def number_of_red(cast: Cast) -> dict:
    """The address with a number that a mail about RED holds."""
    return {"pk": Publication.objects.get(**labelled(Tlp.RED)(cast)).pk}


def attachment_of(tlp: Tlp) -> Arguments:
    """The address of an attachment that is not there."""
    return lambda cast: {**labelled(tlp)(cast), "pk": 0, "number": 1}


#: Who opens what of the Zorgring, apart from CLEAR.
READERS = {
    Tlp.GREEN: (*WRITERS, "coord", "nctv"),
    Tlp.AMBER: ("mem", "rep", "wg", "mem-x", "coord"),
    Tlp.AMBER_STRICT: ("mem", "rep", "wg", "mem-x", "coord"),
    Tlp.RED: ("rcp", "wg"),
}
READING = [
    *(
        public(name, arguments=labelled(Tlp.CLEAR))
        for name in (
            "publication_detail",
            "publication_sheet",
            "publication_text",
            "publication_mail_block",
            "give_feedback",
            "feedback_received",
        )
    ),
    *(
        Row(name, ABSENT, {OK: readers}, labelled(tlp))
        for tlp, readers in READERS.items()
        for name in ("publication_detail", "give_feedback")
    ),
    *(Row("publication_sheet", ABSENT, {OK: READERS[tlp]}, labelled(tlp)) for tlp in (Tlp.GREEN, Tlp.AMBER_STRICT)),
    Row("publication_pack", ABSENT, {OK: WRITERS}, labelled(Tlp.CLEAR)),
    Row("publication_pack", ABSENT, {OK: ("mem", "rep", "wg", "mem-x")}, labelled(Tlp.AMBER)),
    *(Row("publication_pack", ABSENT, arguments=labelled(tlp)) for tlp in (Tlp.AMBER_STRICT, Tlp.RED)),
    *(
        Row(name, ABSENT, arguments=labelled(Tlp.RED))
        for name in ("publication_sheet", "publication_text", "publication_mail_block")
    ),
    Row("publication_changes", ABSENT, arguments=labelled(Tlp.CLEAR)),
    *(Row("attachment_download", ABSENT, arguments=attachment_of(tlp)) for tlp in (Tlp.CLEAR, Tlp.RED)),
    Row("acknowledge", ABSENT, {OK: WRITERS, FOUND: ("anon",)}, labelled(Tlp.CLEAR)),
    Row("acknowledge", ABSENT, {OK: ("mem", "rep", "wg", "mem-x"), FOUND: ("anon",)}, labelled(Tlp.AMBER)),
    Row("acknowledge", ABSENT, {FOUND: ("anon",)}, labelled(Tlp.RED)),
    Row("publication_reach", ABSENT, {OK: ("wg", "coord"), FOUND: ("anon",)}, labelled(Tlp.AMBER)),
    Row("publication_reach", ABSENT, {OK: ("wg",), FOUND: ("anon",)}, labelled(Tlp.RED)),
    button("answer_feedback", labelled(Tlp.CLEAR)),
    Row("publication_by_number", ABSENT, {FOUND: ("anon", "rcp", "wg")}, number_of_red),
]


def item(name: str = "idee-van-de-haven", **fields) -> Arguments:
    """The address of something that the Havenring thinks of."""

    def arguments(cast: Cast) -> dict:
        found = CalendarEntry.objects.filter(title=name).first()
        made = found or EntryFactory(title=name, owner=cast.organisations["havenring"], **fields)
        return {"uid": made.uid}

    return arguments


def of_mailing(cast: Cast) -> dict:
    """The address of a mailing in the outbox."""
    return {"pk": Mailing.objects.get_or_create(key="kanarie", kind="uitgave")[0].pk}


DELIVERY = [
    Row("mailing_list", ABSENT, {OK: ("coord",), FOUND: ("anon",)}),
    Row("mailing_detail", ABSENT, {OK: ("coord",), FOUND: ("anon",)}, of_mailing),
    button("mail_hold", lambda cast: {}),
    button("mailing_step", of_mailing),
    button("delivery_settle", lambda cast: {**of_mailing(cast), "key": 0}),
]
PLANS = ("wg", "coord")
READS_PLANS = (*PLANS, "rep", "nctv")
CALENDAR = [
    *(public(name) for name in ("calendar_agenda", "calendar_month", "calendar_week", "calendar_board")),
    public("calendar_month", query="?dag=2026-03-29&q=haven&status=idee&doelgroep=x&regio=zeeland&soort=item"),
    Row("entry_detail", ABSENT, {OK: READS_PLANS}, item()),
    Row("entry_detail", ABSENT, {OK: ("coord", "rep")}, item("kanarie-amber-item", tlp=Tlp.AMBER)),
    Row("entry_detail", ABSENT, {OK: (*WRITERS, "coord", "nctv")}, item("voor-leden", readers="leden", tlp=Tlp.GREEN)),
    public("entry_detail", arguments=item("voor-iedereen", readers="iedereen")),
    Row("entry_history", ABSENT, {OK: READS_PLANS, FOUND: ("anon",)}, item()),
    Row("entry_new", ABSENT, {OK: (*PLANS, "rep"), FOUND: ("anon",)}),
    *(Row(name, ABSENT, {OK: (*PLANS, "rep"), FOUND: ("anon",)}, item()) for name in ("entry_edit", "entry_remove")),
    Row("entry_edit", ABSENT, {OK: PLANS, FOUND: ("anon",)}, item("concept-van-de-haven", status="concept")),
    Row("entry_bulk", ABSENT, {OK: PLANS, FOUND: ("anon",)}),
    Row("bulk_detail", ABSENT, {FOUND: ("anon",)}, lambda cast: {"pk": 0}),
    button("bulk_undo", lambda cast: {"pk": 0}),
    *(button(name, item()) for name in ("entry_merge", "entry_presence", "entry_move", "entry_comment")),
    Row("entry_save", WRONG, arguments=item(), without_second_factor=FOUND),
]
ROWS = [
    *DELIVERY,
    *CALENDAR,
    *PAGES,
    *REGISTRY,
    *MY_ORGANISATION,
    *API,
    *ACCOUNT,
    *DESK,
    *READING,
    *SUBSCRIPTIONS,
    *NEWSLETTERS,
    *CAMPAIGNS,
    *EVENTS,
    *TEMPLATES,
    *YEARS,
]
