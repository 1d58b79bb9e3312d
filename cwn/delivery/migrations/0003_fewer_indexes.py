"""Fewer indexes on the deliveries: each mail writes its row three times (performance.md M1).

The two indexes of foreign keys are dropped by name: Django would make the keys anew without what
`0002_row_security` lets the database do when an account is deleted.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _without_index(field: str, index: str, altered: models.ForeignKey) -> migrations.SeparateDatabaseAndState:
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(f"DROP INDEX {index}", f"CREATE INDEX {index} ON delivery_delivery ({field}_id)")
        ],
        state_operations=[migrations.AlterField(model_name="delivery", name=field, field=altered)],
    )


class Migration(migrations.Migration):
    """Let the unique key find the deliveries of a mailing, and index only the rows that somebody looks for."""

    dependencies = [
        ("delivery", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="deliveries_by_state"),
        _without_index(
            "mailing",
            "delivery_delivery_mailing_id_c958f961",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="delivery.mailing",
                verbose_name="mailing",
            ),
        ),
        _without_index(
            "user",
            "delivery_delivery_user_id_569d0e2f",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "verstuurd"), _negated=True),
                fields=["mailing", "state"],
                name="deliveries_not_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("user__isnull", False)), fields=["user"], name="deliveries_of_accounts"
            ),
        ),
    ]
