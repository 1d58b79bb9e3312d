"""The admin site behind the portal's own door."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class CwnAdminSite(AdminSite):
    """`/beheer/`: Django's admin for coordinators and technical administrators."""

    site_header = _("Beheer van het CWN-portaal")
    site_title = _("CWN-beheer")
    index_title = _("Wat wacht op u")
