"""The outbox is closed for readers: addresses, and what was written to whom, are nobody's to read in a request.

What a request does with them (counting, queueing, settling) runs as the portal (docs/adr/0011). Deleting an account
leaves its deliveries behind without it; the database does that, for the role of the web cannot see them.
"""

from django.db import migrations, models

TABLES = ("delivery_delivery", "delivery_compiledmail", "delivery_bounce")  # other servers name addresses in bounces
POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")
OWN_ACCOUNT_FOR_THE_KEY = """
    DO $$
    DECLARE found text;
    BEGIN
        SELECT conname INTO STRICT found FROM pg_constraint
        WHERE conrelid = 'delivery_delivery'::regclass AND contype = 'f' AND confrelid = 'accounts_user'::regclass;
        EXECUTE format('ALTER TABLE delivery_delivery DROP CONSTRAINT %I', found);
        EXECUTE format('ALTER TABLE delivery_delivery ADD CONSTRAINT %I FOREIGN KEY (user_id) '
                       'REFERENCES accounts_user (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED', found);
    END $$
"""


def _statements() -> list[str]:
    return [OWN_ACCOUNT_FOR_THE_KEY] + [
        statement
        for table in TABLES
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY portal ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"CREATE POLICY readers ON {table} FOR SELECT TO cwn_web USING (false)",
            f"CREATE POLICY writers_insert ON {table} FOR INSERT TO cwn_web WITH CHECK (false)",
            f"CREATE POLICY writers_update ON {table} FOR UPDATE TO cwn_web USING (false)",
            f"CREATE POLICY writers_delete ON {table} FOR DELETE TO cwn_web USING (false)",
        )
    ]


def _undo() -> list[str]:
    return [
        statement
        for table in TABLES
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


class Migration(migrations.Migration):
    """Make the one row of the outbox, and switch the policies on."""

    dependencies = [("delivery", "0001_initial"), ("core", "0002_web_role")]
    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("home", models.CharField(blank=True, max_length=100, verbose_name="thuis")),
                ("held_since", models.DateTimeField(blank=True, null=True, verbose_name="vastgehouden sinds")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reden")),
                ("pumped_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst gekeken op")),
            ],
            options={
                "verbose_name": "uitgaande post",
                "verbose_name_plural": "uitgaande post",
                "constraints": [models.CheckConstraint(condition=models.Q(id=1), name="one_outbox")],
            },
        ),
        migrations.RunSQL(_statements(), _undo()),
    ]
