"""Publications in the admin: to look after, with RED nowhere, and steps that are the desk's own (R106)."""

import pytest
from django.urls import reverse

from comms.enums import PublicationStatus, Tlp
from comms.models import Acknowledgement, Publication, SharingGroup
from tests.factories.comms import PublicationFactory, published, sharing_group

pytestmark = pytest.mark.django_db
LIST = "/beheer/comms/publication/"


@pytest.fixture
def haven(cast):
    return cast.organisations["havenring"]


def take_action(client, action: str, *rows: Publication, **data: str):
    """Take an action on rows, up to and including the yes."""
    sent = {"action": action, "_selected_action": [row.pk for row in rows], "step": "preview", **data}
    page = client.post(LIST, sent)
    if page.status_code != 200:
        return page
    text = page.content.decode()
    if 'name="fingerprint"' not in text:
        return page
    fingerprint = text.split('name="fingerprint" value="')[1].split('"')[0]
    return client.post(LIST, sent | {"step": "confirm", "fingerprint": fingerprint})


def test_red_shows_nowhere(cast, haven):
    """security.md A27: also not to a coordinator who is named on it."""
    red = published(owner=haven, author=cast["mem"], tlp=Tlp.RED, named_readers=[cast["coord"]], title="kanarie-rood")
    Acknowledgement.objects.create(
        publication=red, version=1, organisation=haven, answer="later", answered_by=cast["rep"]
    )
    coby = cast.client("coord")

    assert "kanarie-rood" not in coby.get(LIST).content.decode()
    assert "kanarie-rood" not in coby.get("/beheer/comms/acknowledgement/").content.decode()
    for page in ("change", "history"):
        assert coby.get(reverse(f"admin:comms_publication_{page}", args=[red.pk])).status_code in (302, 404)


def test_nobody_writes_in_somebody_elses_text(cast, haven):
    draft = PublicationFactory(owner=haven, author=cast["rep"])

    coby = cast.client("coord")
    response = coby.post(reverse("admin:comms_publication_change", args=[draft.pk]), {"title": "Gekaapt"})

    assert response.status_code == 403
    assert coby.get(reverse("admin:comms_publication_add")).status_code == 403
    assert Publication.objects.get(pk=draft.pk).title == draft.title


def test_what_is_ready_is_published_and_the_rest_is_left_alone(cast, haven):
    ready = PublicationFactory(owner=haven, author=cast["rep"], urgency="ter-informatie")
    empty = PublicationFactory(owner=haven, author=cast["rep"], filled=False)
    amber = PublicationFactory(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)

    take_action(cast.client("coord"), "publish_publications", ready, empty, amber)

    statuses = [Publication.objects.get(pk=row.pk).status for row in (ready, empty, amber)]
    assert statuses == [PublicationStatus.PUBLISHED, PublicationStatus.DRAFT, PublicationStatus.DRAFT]


def test_withdrawing_needs_a_reason(cast, haven):
    issued = published(owner=haven, author=cast["rep"])
    coby = cast.client("coord")

    take_action(coby, "withdraw_publications", issued, reason="")
    assert Publication.objects.get(pk=issued.pk).status == PublicationStatus.PUBLISHED

    take_action(coby, "withdraw_publications", issued, reason="De melding klopte niet.")
    assert Publication.objects.get(pk=issued.pk).withdrawal_reason == "De melding klopte niet."


def test_a_coordinator_keeps_groups(cast, haven):
    group = sharing_group(haven)
    member = group.members.get()
    sent = {
        "name": "Deelgroep",
        "purpose": "Delen.",
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "1",
        "members-0-id": member.pk,
        "members-0-group": group.pk,
        "members-0-organisation": haven.pk,
        "members-1-group": group.pk,
        "members-1-organisation": cast.organisations["zorgring"].pk,
    }

    response = cast.client("coord").post(reverse("admin:comms_sharinggroup_change", args=[group.pk]), sent)

    assert response.status_code == 302
    assert SharingGroup.objects.get().members.count() == 2
