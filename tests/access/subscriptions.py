"""The rows of the access matrix about newsletters and subscriptions (security.md chapter 3, principal "sub")."""

from comms.subscriptions import links
from comms.subscriptions.models import AddressChange, Newsletter, Subscription, Topic
from tests.access.matrix import ABSENT, FOUND, OK, WRONG, Arguments, Row, members, nothing, public
from tests.cast import Cast
from tests.factories.subscriptions import NewsletterFactory, SubscriptionFactory, TopicFactory

GONE = 410
#: A link that we did not sign.
GUESSED = {"signed": "geraden.link"}


def subscription_of_a_reader() -> Subscription:
    """Return the subscription of somebody without an account."""
    found = Subscription.objects.filter(email="lies@lezers.example").first()
    return found or SubscriptionFactory(email="lies@lezers.example", newsletter=newsletter_of_the_network())


def newsletter_of_the_network() -> Newsletter:
    """Return a public newsletter."""
    return Newsletter.objects.filter(slug="netwerknieuws").first() or NewsletterFactory(slug="netwerknieuws")


def end_link(cast: Cast) -> dict:
    """A link to end one list."""
    return {"signed": links.sign("end", [subscription_of_a_reader().key])}


def confirm_link(cast: Cast) -> dict:
    """A link to confirm."""
    return {"signed": links.sign("confirm", [subscription_of_a_reader().key])}


def preferences_link(cast: Cast) -> dict:
    """A link to the preferences."""
    return {"signed": links.sign("preferences", [subscription_of_a_reader().subscriber])}


def data_link(cast: Cast) -> dict:
    """A link that was mailed just now."""
    address = links.data_address(subscription_of_a_reader().subscriber, "nl")
    return {"signed": address.rstrip("/").rsplit("/", 1)[1]}


def move_link(cast: Cast) -> dict:
    """A link at a new address."""
    subscriber = subscription_of_a_reader().subscriber
    change, _made = AddressChange.objects.get_or_create(subscriber=subscriber, email="nieuw@lezers.example")
    return {"signed": links.sign("move", [subscriber, change.pk])}


def list_slug(cast: Cast) -> dict:
    """The address of a newsletter at the desk."""
    return {"slug": newsletter_of_the_network().slug}


def topic_slug(cast: Cast) -> dict:
    """The address of a topic."""
    topic = Topic.objects.filter(slug="oefenen").first() or TopicFactory(slug="oefenen")
    return {"slug": topic.slug}


def behind_link(name: str, arguments: Arguments) -> list[Row]:
    """A page for whoever has the link, whoever that is; without it, for nobody."""
    return [
        public(name, arguments=arguments, without_second_factor=FOUND),
        Row(name, GONE, arguments=lambda cast: GUESSED),
    ]


def at_the_desk(name: str, arguments: Arguments = nothing, *, others: tuple[str, ...] = ()) -> Row:
    """A page of the communication desk."""
    return Row(name, ABSENT, {OK: ("wg", "coord", *others), FOUND: ("anon",)}, arguments)


SUBSCRIPTIONS = [
    public("newsletter_list"),
    public("subscription_sent"),
    *behind_link("subscription_confirm", confirm_link),
    *behind_link("subscription_end", end_link),
    *behind_link("subscription_preferences", preferences_link),
    *behind_link("subscriptions_end", preferences_link),
    *behind_link("subscriber_data", data_link),
    *behind_link("subscriber_data_file", data_link),
    *behind_link("subscriber_erase", data_link),
    *behind_link("address_confirm", move_link),
    Row("subscriber_data_link", WRONG, arguments=preferences_link),
    members("my_newsletters"),
    at_the_desk("subscriber_figures", others=("nctv",)),
    at_the_desk("subscriber_import"),
    Row("subscriber_import_done", WRONG, {FOUND: ("anon",)}, lambda cast: {"pk": 0}),
    at_the_desk("newsletter_settings"),
    at_the_desk("newsletter_new"),
    at_the_desk("newsletter_edit", list_slug),
    at_the_desk("consent_text_new", list_slug),
    at_the_desk("topic_new"),
    at_the_desk("topic_edit", topic_slug),
]
