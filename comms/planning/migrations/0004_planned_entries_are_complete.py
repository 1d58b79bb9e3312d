"""Whoever plans an item says what it tells and what it asks; what was planned without goes back to review (R86)."""

from django.db import migrations, models
from django.db.models import Q

COMPLETE = ["gepland", "live", "geevalueerd"]
SAYS_SOMETHING = r"\S"


class Migration(migrations.Migration):
    """Two steps in one transaction: what stands in the way, then the rule."""

    dependencies = [("planning", "0003_row_security")]
    operations = [
        migrations.RunSQL(
            r"""
            UPDATE planning_calendarentry SET status = 'review'
            WHERE status IN ('gepland', 'live', 'geevalueerd') AND NOT (content ~ '\S' AND message ~ '\S')
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "calendarentry",
            models.CheckConstraint(
                name="planned_entry_has_content_and_message",
                condition=~Q(status__in=COMPLETE) | Q(content__regex=SAYS_SOMETHING, message__regex=SAYS_SOMETHING),
                violation_error_message="Een item dat gepland is, heeft een inhoud en een boodschap.",
            ),
        ),
    ]
