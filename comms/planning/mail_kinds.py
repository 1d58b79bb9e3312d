"""Which mails the desk puts in the outbox, and who may still get one at the moment of sending (security.md A04)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.planning.actions.mailing import REQUEST
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery
from partners.models import Membership


def who_left(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Return the deliveries to people who are no member of a partner any more, nor coordinator."""
    deliveries = list(deliveries)
    users = {delivery.user_id for delivery in deliveries}
    members = Membership.objects.current().of_active_partners().filter(user__in=users, user__is_active=True)
    coordinators = User.objects.filter(pk__in=users, is_active=True, groups__name=COORDINATOR.slug)
    staying = {*members.values_list("user", flat=True), *coordinators.values_list("pk", flat=True)}
    return {row.pk: _("hoort niet meer bij een netwerkpartner") for row in deliveries if row.user_id not in staying}


register_kind(
    MailKind(
        slug=REQUEST,
        label=gettext_lazy("Verzoeken en afspraken van de werkgroep"),
        stream=Stream.SERVICE,
        after_doubt=AfterDoubt.RESEND,
        recheck=who_left,
        hours_late=48,
    )
)
