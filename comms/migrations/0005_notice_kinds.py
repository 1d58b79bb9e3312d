"""Asking to look again goes by the clock and the outbox of `cwn.delivery`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comms", "0004_row_security")]

    operations = [
        migrations.RunSQL(
            "UPDATE comms_notice SET state = 'overgeslagen', reason = 'gaat nu via de verzending' "
            "WHERE kind = 'opnieuw-bekijken' AND state IN ('wacht', 'bezig', 'geparkeerd')",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("gepubliceerd", "Nieuw"),
                    ("gecorrigeerd", "Gecorrigeerd"),
                    ("ingetrokken", "Ingetrokken"),
                    ("label", "Strenger label"),
                    ("beoordelen", "Vraag om te beoordelen"),
                    ("antwoord", "Antwoord op uw reactie"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
    ]
