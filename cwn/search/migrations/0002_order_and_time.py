"""What is urgent stands higher in a list, and a document may hold until a moment."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the day that counts for the order, equal to the date of what is there."""

    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RemoveIndex(model_name="document", name="document_newest_first"),
        migrations.AddField(model_name="document", name="sort_date", field=models.DateField(null=True)),
        migrations.RunSQL("UPDATE search_document SET sort_date = date", migrations.RunSQL.noop),
        migrations.AlterField(model_name="document", name="sort_date", field=models.DateField()),
        migrations.AddIndex(
            model_name="document", index=models.Index(fields=["-sort_date", "-id"], name="document_newest_first")
        ),
        migrations.AddField(model_name="document", name="holds_until", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["holds_until"], name="document_to_renew", condition=Q(holds_until__isnull=False)
            ),
        ),
    ]
