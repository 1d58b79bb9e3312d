"""Row-level security for subscribers: the web processes find a row only for whom it is about (docs/adr/0011, 0020).

A reader is a person who logged in (`user:3`) or the holder of a signed link (`subscriber:<uuid>` for all of an
address, `subscription:<uuid>` for one list); the same rule as `SubscriptionQuerySet.visible_to`, written apart on
purpose. What strangers send in may be written and read by nobody.
"""

from django.db import migrations

OWN = """
    user_id = ANY ((SELECT cwn_keys('user:'))::bigint[])
    OR ('subscriber:' || subscriber::text) = ANY ((SELECT cwn_principals())::text[])
    OR ('subscription:' || key::text) = ANY ((SELECT cwn_principals())::text[])
"""
OF_SUBSCRIPTION = "EXISTS (SELECT FROM subscriptions_subscription AS parent WHERE parent.id = {table}.subscription_id)"
#: Table → when one of its rows may be read. Who may not read a row cannot change or delete it either.
READABLE = {
    "subscriptions_subscription": OWN,
    "subscriptions_subscription_topics": OF_SUBSCRIPTION.format(table="subscriptions_subscription_topics"),
    "subscriptions_subscriptionstep": OF_SUBSCRIPTION.format(table="subscriptions_subscriptionstep"),
    "subscriptions_subscriptionrequest": "false",
    "subscriptions_addresschange": "('subscriber:' || subscriber::text) = ANY ((SELECT cwn_principals())::text[])",
    "subscriptions_subscriberimport": "by_id = ANY ((SELECT cwn_keys('user:'))::bigint[])",
}
POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


def _guarded(table: str, readable: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY portal ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"CREATE POLICY readers ON {table} FOR SELECT TO cwn_web USING ({readable})",
        f"CREATE POLICY writers_insert ON {table} FOR INSERT TO cwn_web WITH CHECK (true)",
        f"CREATE POLICY writers_update ON {table} FOR UPDATE TO cwn_web USING ({readable}) WITH CHECK (true)",
        f"CREATE POLICY writers_delete ON {table} FOR DELETE TO cwn_web USING ({readable})",
    ]


def _open(table: str) -> list[str]:
    return [
        *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


class Migration(migrations.Migration):
    """Switch the policies on."""

    dependencies = [("subscriptions", "0001_initial"), ("core", "0002_web_role")]
    operations = [
        migrations.RunSQL(
            [statement for table, readable in READABLE.items() for statement in _guarded(table, readable)],
            [statement for table in READABLE for statement in _open(table)],
        )
    ]
