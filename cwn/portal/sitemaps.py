"""The site map for search engines: what a visitor may read, in both languages (security.md A13)."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from comms.events.models import Event
from comms.models import Publication
from cwn.portal.addresses import localised
from cwn.portal.models import Question
from functions.base.models import FunctionCharter
from partners.models import Initiative, Organisation

PAGES = (
    "home", "publication_list", "event_list", "organisation_list", "initiative_list", "function_list", "faq_list",
    "legal_register", "join", "contact", "accessibility", "privacy",
)  # fmt: skip


class BilingualSitemap(Sitemap):
    """Addresses in Dutch and English that name each other, on the host that SITE_URL names."""

    i18n = True
    alternates = True
    x_default = True
    limit = 10_000
    protocol, host = settings.SITE_URL.split("://")

    def get_domain(self, site: object = None) -> str:
        """Return the public host, never the one that a stranger typed in a header."""
        return self.host


class PageSitemap(BilingualSitemap):
    """Pages that always exist."""

    def items(self) -> tuple[str, ...]:
        """Return their names."""
        return PAGES

    def location(self, item: str) -> str:
        """Return their addresses."""
        return reverse(item)


class OrganisationSitemap(BilingualSitemap):
    """Organisations that everybody may know of; without a date, because hidden fields change too."""

    def items(self) -> QuerySet[Organisation]:
        """Return them in a fixed order."""
        return Organisation.objects.visible_to(AnonymousUser()).only("slug").order_by("pk")


class InitiativeSitemap(BilingualSitemap):
    """Initiatives."""

    def items(self) -> QuerySet[Initiative]:
        """Return them in a fixed order."""
        return Initiative.objects.visible_to(AnonymousUser()).only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Initiative) -> datetime:
        """Return when it changed."""
        return item.updated_at


class PublicationSitemap(BilingualSitemap):
    """Publications that are public and in force: TLP:CLEAR, and not for partners first (security.md A13).

    Each has one text, so it is named once, on the pages of the language in which it was written.
    """

    i18n = alternates = x_default = False
    limit = 500

    def items(self) -> QuerySet[Publication]:
        """Return them in a fixed order."""
        public = Publication.objects.visible_to(AnonymousUser()).listed()
        return public.only("slug", "language", "published_at", "corrected_at").order_by("pk")

    def location(self, item: Publication) -> str:
        """Return the address as search documents have it: to look up thousands takes seconds."""
        with override(item.language):
            return localised(f"/informatie/{item.slug}/")

    def lastmod(self, item: Publication) -> datetime:
        """Return when its text last changed."""
        return item.corrected_at or item.published_at  # type: ignore[return-value]  # listed: it was published


class EventSitemap(BilingualSitemap):
    """Events that are public: TLP:CLEAR, and not called off (security.md A13)."""

    def items(self) -> QuerySet[Event]:
        """Return them in a fixed order."""
        return Event.objects.visible_to(AnonymousUser()).listed().only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Event) -> datetime:
        """Return when it changed."""
        return item.updated_at


class FunctionSitemap(BilingualSitemap):
    """The five functions."""

    def items(self) -> QuerySet[FunctionCharter]:
        """Return them in the order of the site."""
        return FunctionCharter.objects.order_by("order", "pk")


class QuestionSitemap(BilingualSitemap):
    """Questions and answers."""

    def items(self) -> QuerySet[Question]:
        """Return them in a fixed order."""
        return Question.objects.visible_to(AnonymousUser()).order_by("pk")

    def lastmod(self, item: Question) -> datetime:
        """Return when it changed."""
        return item.updated_at


SITEMAPS = {
    "paginas": PageSitemap,
    "informatie": PublicationSitemap,
    "agenda": EventSitemap,
    "organisaties": OrganisationSitemap,
    "initiatieven": InitiativeSitemap,
    "functies": FunctionSitemap,
    "vragen": QuestionSitemap,
}
