"""Comments and mentions: who is asked, who can be asked, and what goes by mail."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from comms.enums import Tlp
from comms.planning.actions.comments import add_comment, mentionable, mentioned_in
from comms.planning.entry_mails import who_lost_sight
from comms.planning.models import EntryComment
from cwn.core.waiting import waiting_items
from cwn.delivery.models import Delivery, Mailing
from tests.factories.accounts import UserFactory
from tests.factories.planning import EntryFactory

pytestmark = pytest.mark.django_db


def test_who_is_named_gets_one_mail_and_a_line_on_the_personal_page(cast):
    entry = EntryFactory(title="Havenweek")
    add_comment(entry, text="Kijk jij mee, @Coby? @Coby Coördinator!", by=cast["wg"])
    assert [row.address for row in Delivery.objects.all()] == [cast["coord"].email]
    (item,) = [one for one in waiting_items(cast["coord"]) if "Havenweek" in one.text]
    assert item.about == cast["wg"].name
    add_comment(entry, text="Gezien.", by=cast["coord"])
    assert not [one for one in waiting_items(cast["coord"]) if "Havenweek" in one.text]


def test_the_mail_holds_label_title_and_link_only(cast):
    entry = EntryFactory(title="Havenweek", tlp=Tlp.GREEN, content="kanarie-inhoud")
    add_comment(entry, text="kanarie-opmerking @Coby", by=cast["wg"])
    mail = bytes(Mailing.objects.get().mails.get().content).decode()
    assert "TLP:GREEN" in mail
    assert "kanarie" not in mail


def test_a_name_is_a_whole_word_and_a_first_name_must_be_of_one_person(cast):
    jan, janneke, other = UserFactory(name="Jan Smit"), UserFactory(name="Janneke Vos"), UserFactory(name="Jan de Wit")
    people = [jan, janneke, other]
    assert mentioned_in("@janneke kijk", people) == [janneke]
    assert mentioned_in("@jan kijk", people) == []
    assert mentioned_in("@Jan Smit kijk", people) == [jan]
    assert mentioned_in("mail jan@smit.nl en @jannekes", people) == []


def test_only_who_may_see_the_item_can_be_asked(cast):
    secret = EntryFactory(tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    names = {person.name for person in mentionable(secret)}
    assert {cast["rep"].name, cast["coord"].name} <= names
    assert not {cast["wg"].name, cast["nctv"].name, cast["mem"].name} & names
    with pytest.raises(ValidationError):
        add_comment(secret, text="Kijk eens", chosen=[cast["wg"]], by=cast["coord"])
    with pytest.raises(ValidationError):
        add_comment(secret, text="Zonder tweede factor", chosen=[cast["nomfa"]], by=cast["coord"])
    assert not EntryComment.objects.exists()
    assert not Delivery.objects.exists()


def test_who_reads_no_plans_says_nothing_and_reads_nothing(cast):
    entry = EntryFactory(readers="iedereen", title="Open")
    add_comment(entry, text="kanarie-opmerking", by=cast["wg"])
    with pytest.raises(PermissionDenied):
        add_comment(entry, text="Hallo", by=cast["mem"])
    for principal in ("anon", "mem", "ex", "adm"):
        html = cast.client(principal).get(entry.get_absolute_url()).content.decode()
        assert "kanarie-opmerking" not in html
    assert cast.client("mem").post(reverse("entry_comment", args=[entry.uid]), {"text": "x"}).status_code == 404


def test_who_lost_the_right_meanwhile_gets_no_mail(cast):
    entry = EntryFactory()
    add_comment(entry, text="@Coby", by=cast["wg"])
    delivery = Delivery.objects.select_related("mailing").get()
    assert who_lost_sight([delivery]) == {}
    cast["coord"].groups.clear()
    assert list(who_lost_sight([delivery])) == [delivery.pk]


def test_the_page_asks_by_list_too_and_loses_nothing_that_was_typed(cast):
    entry, client = EntryFactory(), cast.client("wg")
    address = reverse("entry_comment", args=[entry.uid])
    response = client.post(address, {"text": "Kijk mee", "mentions": [cast["coord"].pk]})
    assert response.status_code == 302
    assert list(EntryComment.objects.get().mentions.all()) == [cast["coord"]]
    refused = client.post(address, {"text": "Nog iets", "mentions": [cast["mem"].pk]})
    assert refused.status_code == 400
    assert "Nog iets" in refused.content.decode()
