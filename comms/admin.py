"""For whom the network communicates, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comms.models import Audience
from cwn.core.admin import CwnModelAdmin


@admin.register(Audience)
class AudienceAdmin(CwnModelAdmin):
    """Target groups with their objective (R101)."""

    group = (50, _("Communicatie"))
    list_display = ("name", "slug", "order")
    list_filter = ("order",)
    search_fields = ("name", "objective")
