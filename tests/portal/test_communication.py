"""The way to the communication desk: on `/mijn/` for whom each page is there, in the footer for everybody."""

import pytest
from django.urls import reverse

from cwn.portal.communication import PLACES, places_for
from tests.cast import PRINCIPALS

pytestmark = pytest.mark.django_db
LOGGED_IN = [name for name in PRINCIPALS if name not in ("anon", "nomfa")]


@pytest.mark.parametrize("principal", LOGGED_IN)
def test_every_page_that_is_named_opens_and_every_other_does_not(cast, principal):
    client, named = cast.client(principal), {place.name for place in places_for(cast[principal])}
    opened = {place.name for place in PLACES if client.get(place.url).status_code == 200}
    assert named == opened


def test_the_desk_finds_its_pages_on_the_own_page(cast):
    page = cast.client("wg").get("/mijn/").content.decode()
    assert f'href="{reverse("issue_desk_list")}"' in page
    assert f'href="{reverse("working_group")}"' in page
    assert f'href="{reverse("mailing_list")}"' not in page
    assert f'href="{reverse("mailing_list")}"' in cast.client("coord").get("/mijn/").content.decode()


def test_newsletters_stand_in_the_footer(client):
    assert f'href="{reverse("newsletter_list")}"' in client.get("/contact/").content.decode()
