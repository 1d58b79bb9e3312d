"""The way into the network: application, intake, admission (R35, R161).

Whoever applies is a stranger until the address is confirmed: nothing of the application is shown to
anybody but coordinators, and the first mail holds no word that the stranger typed.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.addresses import normal_address
from cwn.accounts.models import User
from cwn.core.mail import send_after_commit, site_address
from partners.actions.addresses import free_slug
from partners.actions.duplicates import PUBLIC_MAIL_DOMAINS, find_duplicates
from partners.actions.invitations import hash_of, invite_person
from partners.actions.status import change_status
from partners.enums import ApplicationState, ContactRole, MembershipRole, ParticipationBasis, PartnerStatus
from partners.models import Application, Contact, Organisation, OrganisationKind, Participation, Region, Sector


@transaction.atomic
def apply_to_join(
    *,
    organisation: Organisation,
    application: Application,
    kinds: Iterable[OrganisationKind],
    sectors: Iterable[Sector],
    regions: Iterable[Region],
    language: str = "nl",
) -> Application:
    """Keep a new prospect with its application, and mail the applicant a link that confirms the address.

    The organisation and the application come unsaved from the form. Whatever they say, the organisation
    becomes a prospect, which is never public (R30). Its slug says nothing, so that a stranger cannot
    take the address of a partner; it gets a real one when it is admitted.
    """
    organisation.status = PartnerStatus.PROSPECT
    organisation.slug = f"aanmelding-{secrets.token_hex(8)}"
    organisation.save()
    organisation.kinds.set(kinds)
    organisation.sectors.set(sectors)
    organisation.regions.set(regions)
    token = secrets.token_urlsafe(32)
    application.organisation = organisation
    application.state = ApplicationState.UNCONFIRMED
    application.applicant_email = normal_address(application.applicant_email)
    application.token_hash = hash_of(token)
    application.save()
    url = site_address("confirm_application", token)
    send_after_commit(
        "email/partners/confirm_application",
        to=application.applicant_email,
        context={"url": url},
        language=language,
    )
    return application


def find_application(token: str) -> Application:
    """Return the application behind a link, or say in one sentence that the link works no more."""
    application = Application.objects.select_related("organisation").filter(token_hash=hash_of(token)).first()
    if application is None or Application.objects.expired().filter(pk=application.pk).exists():
        raise ValidationError(_("Deze link werkt niet meer. Meld uw organisatie opnieuw aan."))
    return application


@transaction.atomic
def confirm_application(token: str, *, language: str = "nl") -> Application:
    """Confirm the address of an applicant: the application becomes a task for the coordinators.

    Confirming twice is the same as once. Possible duplicates are sought now and told to coordinators
    only, so that nobody learns from this form who is in the registry.
    """
    list(Application.objects.select_for_update().filter(token_hash=hash_of(token)))
    application = find_application(token)
    if application.state != ApplicationState.UNCONFIRMED:
        return application
    application.state = ApplicationState.NEW
    application.confirmed_at = timezone.now()
    application.save(update_fields=["state", "confirmed_at"])
    organisation = application.organisation
    domain = application.applicant_email.rpartition("@")[2]
    if domain not in PUBLIC_MAIL_DOMAINS:
        organisation.email_domain = domain
        organisation.save(update_fields=["email_domain", "updated_at"])
    find_duplicates(among=[organisation.pk])
    _mail("application_received", application, language=language)
    return application


@transaction.atomic
def start_intake(application: Application, *, by: User) -> Application:
    """Begin the intake of a confirmed application; the organisation becomes a candidate."""
    application = _claim(application, by, ApplicationState.NEW)
    change_status(application.organisation, to=PartnerStatus.CANDIDATE, reason=_("Intake begonnen."), by=by)
    application.state = ApplicationState.IN_INTAKE
    application.handled_by = by
    application.save(update_fields=["state", "handled_by"])
    _mail("intake_started", application)
    return application


@transaction.atomic
def admit_partner(
    application: Application, *, reason: str, functions: Iterable[str] | None = None, by: User
) -> Application:
    """Admit a candidate as partner: agree its participation and invite the applicant as representative.

    `functions` are those that were agreed in the intake; without it, those of the application. Partners
    choose degree and phases themselves afterwards (R49). Maturity plays no part (R32).
    """
    application = _claim(application, by, ApplicationState.IN_INTAKE)
    organisation = change_status(application.organisation, to=PartnerStatus.PARTNER, reason=reason, by=by)
    organisation.slug = free_slug(organisation.name)
    organisation.save(update_fields=["slug", "updated_at"])
    for function in application.functions if functions is None else functions:
        Participation.objects.get_or_create(
            organisation=organisation,
            function=function,
            until=None,
            defaults={"basis": ParticipationBasis.AGREED, "since": timezone.localdate()},
        )
    Contact.objects.create(
        organisation=organisation,
        role=ContactRole.GENERAL,
        name=application.applicant_name,
        email=application.applicant_email,
        phone=application.applicant_phone,
        last_confirmed_at=application.confirmed_at,
    )
    application.organisation = organisation
    application = _decide(application, ApplicationState.ADMITTED, reason, by)
    invite_person(
        email=application.applicant_email,
        name=application.applicant_name,
        organisation=organisation,
        role=MembershipRole.REPRESENTATIVE,
        by=by,
    )
    _mail("application_admitted", application)
    return application


@transaction.atomic
def decline_application(application: Application, *, reason: str, by: User) -> Application:
    """Decline an application and tell the applicant why; a candidate becomes a prospect again."""
    application = _claim(application, by, ApplicationState.NEW, ApplicationState.IN_INTAKE)
    if not reason.strip():
        raise ValidationError(_("Vul de reden in. De aanmelder krijgt deze te lezen."))
    if application.organisation.status == PartnerStatus.CANDIDATE:
        change_status(application.organisation, to=PartnerStatus.PROSPECT, reason=reason, by=by)
    application = _decide(application, ApplicationState.DECLINED, reason, by)
    _mail("application_declined", application)
    return application


@transaction.atomic
def purge_unconfirmed_applications() -> int:
    """Remove applications that nobody confirmed within seven days, with their prospects; return how many."""
    expired = Application.objects.expired().select_for_update()
    prospects = list(expired.values_list("organisation_id", flat=True))
    # A prospect that a coordinator already took up stays; only its dead application goes.
    expired.delete()
    Organisation.objects.filter(
        pk__in=prospects,
        status=PartnerStatus.PROSPECT,
        applications=None,
        status_changes=None,
        slug__startswith="aanmelding-",
    ).delete()
    return len(prospects)


def _claim(application: Application, by: User, *states: str) -> Application:
    """Lock an application that a coordinator may decide on now."""
    if not Organisation.objects.editable_by(by).filter(pk=application.organisation_id).exists():
        raise PermissionDenied
    locked = Application.objects.select_for_update(of=["self"]).select_related("organisation")
    application = locked.get(pk=application.pk)
    if application.state not in states:
        raise ValidationError(
            _("Deze aanmelding heeft de stand “%(state)s”. Dit kan nu niet.")
            % {"state": application.get_state_display()}
        )
    return application


def _decide(application: Application, state: str, reason: str, by: User) -> Application:
    application.state = state
    application.decision_reason = reason
    application.handled_by = by
    application.save(update_fields=["state", "decision_reason", "handled_by"])
    return application


def _mail(template: str, application: Application, **options: Any) -> None:
    send_after_commit(
        f"email/partners/{template}",
        to=application.applicant_email,
        context={"application": application, "organisation": application.organisation},
        **options,
    )
