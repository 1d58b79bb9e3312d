"""Single persons can be invited: a column beside the organisation, and the policy that lets them read their own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN = "ANY ((SELECT cwn_keys('org:'))::bigint[])"
REPRESENTED = "ANY ((SELECT cwn_keys('represents:'))::bigint[])"
MYSELF = "ANY ((SELECT cwn_keys('user:'))::bigint[])"
ORGANISED = f"""
    (SELECT 'role:coordinator' = ANY (cwn_principals())) OR parent.owner_id = {REPRESENTED}
    OR (parent.owner_id = {OWN} AND (SELECT 'role:working_group' = ANY (cwn_principals())))
"""
TABLES = ("events_eventinvitation", "events_eventinvitationevent")
POLICIES = ("readers", "writers_update", "writers_delete")


def _statements(*columns: str) -> list[str]:
    """Return what lets the organisers read the rows of these tables, and those whom one of the columns names."""
    return [
        f"ALTER POLICY {policy} ON {table} USING ("
        f"EXISTS (SELECT FROM events_event AS parent WHERE parent.id = {table}.event_id AND ("
        + " OR ".join([*(f"{table}.{column}" for column in columns), f"({ORGANISED})"])
        + ")))"
        for table in TABLES
        for policy in POLICIES
    ]


class Migration(migrations.Migration):
    """Add the person and let him or her read the invitation."""

    dependencies = [
        ("events", "0002_row_security"),
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="eventinvitation",
            options={
                "ordering": ["organisation__name", "person__name", "pk"],
                "verbose_name": "uitnodiging voor een bijeenkomst",
                "verbose_name_plural": "uitnodigingen voor bijeenkomsten",
            },
        ),
        migrations.AddField(
            model_name="eventinvitation",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="event_invitations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="persoon",
            ),
        ),
        migrations.AddField(
            model_name="eventinvitationevent",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="persoon",
            ),
        ),
        migrations.AlterField(
            model_name="eventinvitation",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="event_invitations",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.AlterField(
            model_name="eventinvitationevent",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventinvitation",
            constraint=models.UniqueConstraint(
                fields=("event", "person"),
                name="one_invitation_per_person",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(organisation__isnull=True, person__isnull=False),
                name="invitation_is_for_one",
                violation_error_message="Kies een organisatie of een persoon.",
            ),
        ),
        migrations.RunSQL(
            _statements(f"organisation_id = {OWN}", f"person_id = {MYSELF}"),
            _statements(f"organisation_id = {OWN}"),
        ),
    ]
