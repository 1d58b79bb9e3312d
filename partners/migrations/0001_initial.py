import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import partners.models.organisations
import partners.models.profile
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("core", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Branch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                ("code", models.CharField(blank=True, max_length=4, verbose_name="SBI-sectie")),
            ],
            options={
                "verbose_name": "branche",
                "verbose_name_plural": "branches",
                "ordering": ["order", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Constituency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("description", models.CharField(max_length=300, verbose_name="wie")),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="aantal organisaties")),
                ("is_estimate", models.BooleanField(default=True, verbose_name="schatting")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="bron van het aantal")),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="peildatum")),
            ],
            options={
                "verbose_name": "achterban",
                "verbose_name_plural": "achterbannen",
            },
        ),
        migrations.CreateModel(
            name="DuplicateCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None, verbose_name="waarom"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Te beoordelen"),
                            ("verschillend", "Zijn verschillende organisaties"),
                            ("samengevoegd", "Samengevoegd"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="gevonden")),
            ],
            options={
                "verbose_name": "mogelijke dubbele",
                "verbose_name_plural": "mogelijke dubbelen",
            },
        ),
        migrations.CreateModel(
            name="Maturity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie",
                    ),
                ),
                (
                    "maturity_level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="volwassenheid",
                    ),
                ),
                ("is_self_assessed", models.BooleanField(default=True, verbose_name="zelf ingeschat")),
                ("assessed_on", models.DateField(verbose_name="peildatum")),
            ],
            options={
                "verbose_name": "volwassenheid",
                "verbose_name_plural": "volwassenheid",
            },
        ),
        migrations.CreateModel(
            name="OrganisationKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
            ],
            options={
                "verbose_name": "soort organisatie",
                "verbose_name_plural": "soorten organisaties",
                "ordering": ["order", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("zeer-kritiek", "Zeer kritieke sector (NIS2, bijlage I)"),
                            ("kritiek", "Andere kritieke sector (NIS2, bijlage II)"),
                            ("overig", "Buiten NIS2"),
                        ],
                        default="overig",
                        max_length=20,
                        verbose_name="groep",
                    ),
                ),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectoren",
                "ordering": ["order", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("applicant_name", models.CharField(max_length=150, verbose_name="naam")),
                ("applicant_email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                ("applicant_phone", models.CharField(blank=True, max_length=30, verbose_name="telefoonnummer")),
                ("motivation", models.TextField(blank=True, max_length=2000, verbose_name="waarom")),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("informatiedeling", "Informatiedeling"),
                                ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                                ("incidentafhandeling", "Incidentafhandeling"),
                                ("kennisuitwisseling", "Kennisuitwisseling"),
                                ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                            ],
                            max_length=40,
                        ),
                        default=list,
                        size=None,
                        verbose_name="functies",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="antwoorden op de vragen")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("onbevestigd", "Adres nog niet bevestigd"),
                            ("nieuw", "Nieuw"),
                            ("intake", "In gesprek"),
                            ("toegelaten", "Toegelaten"),
                            ("afgewezen", "Afgewezen"),
                        ],
                        default="onbevestigd",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ontvangen")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="adres bevestigd"),
                ),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="reden van het besluit"),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="behandelaar",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanmelding",
                "verbose_name_plural": "aanmeldingen",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="BranchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                ("code", models.CharField(blank=True, max_length=4, verbose_name="SBI-sectie")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.branch",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("algemeen", "Algemeen aanspreekpunt"),
                            ("piket", "Piket, dag en nacht bereikbaar"),
                            ("functie", "Aanspreekpunt voor een functie"),
                            ("communicatie", "Communicatie"),
                            ("techniek", "Techniek"),
                            ("bestuur", "Bestuur"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie in het netwerk",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                ("job_title", models.CharField(blank=True, max_length=150, verbose_name="functietitel")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoonnummer")),
                ("is_mailbox", models.BooleanField(default=False, verbose_name="gedeelde postbus, geen persoon")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("openbaar", "Iedereen"),
                            ("netwerk", "Leden van netwerkpartners"),
                            ("eigen", "Eigen organisatie en coördinatoren"),
                        ],
                        default="eigen",
                        max_length=20,
                        verbose_name="zichtbaar voor",
                    ),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                ("last_confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst bevestigd")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "last_confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="laatst bevestigd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacten",
                "ordering": ["organisation", "role", "name"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="kenmerk in het adres")),
                (
                    "known_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ook bekend als",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("programma", "Programma"),
                            ("project", "Project"),
                            ("isac", "ISAC"),
                            ("coalitie", "Coalitie"),
                            ("samenwerking", "Samenwerkingsverband"),
                            ("verkenning", "Verkenning"),
                            ("oefenprogramma", "Oefenprogramma"),
                            ("overleg", "Overleg"),
                            ("platform", "Platform"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("publiek", "Publiek"),
                            ("privaat", "Privaat"),
                            ("publiek-privaat", "Publiek-privaat (PPS)"),
                        ],
                        max_length=20,
                        verbose_name="publiek of privaat",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gekoppeld", "Gekoppeld aan het netwerk"),
                            ("opgenomen", "Opgenomen in het netwerk"),
                            ("naast", "Bestaat naast het netwerk"),
                        ],
                        max_length=20,
                        verbose_name="verhouding tot het netwerk",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="omschrijving")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="omschrijving in het Engels"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("informatiedeling", "Informatiedeling"),
                                ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                                ("incidentafhandeling", "Incidentafhandeling"),
                                ("kennisuitwisseling", "Kennisuitwisseling"),
                                ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                            ],
                            max_length=40,
                        ),
                        default=list,
                        size=None,
                        verbose_name="functies",
                    ),
                ),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                ("is_fictional", models.BooleanField(default=False, editable=False, verbose_name="fictief")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="gewijzigd")),
                (
                    "branches",
                    models.ManyToManyField(
                        blank=True, related_name="initiatives", to="partners.branch", verbose_name="branches"
                    ),
                ),
            ],
            options={
                "verbose_name": "initiatief",
                "verbose_name_plural": "initiatieven",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="InitiativeBranchesLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "branch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.branch",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.initiative",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("slug", models.SlugField(db_index=False, max_length=120, verbose_name="kenmerk in het adres")),
                (
                    "known_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ook bekend als",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("programma", "Programma"),
                            ("project", "Project"),
                            ("isac", "ISAC"),
                            ("coalitie", "Coalitie"),
                            ("samenwerking", "Samenwerkingsverband"),
                            ("verkenning", "Verkenning"),
                            ("oefenprogramma", "Oefenprogramma"),
                            ("overleg", "Overleg"),
                            ("platform", "Platform"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("publiek", "Publiek"),
                            ("privaat", "Privaat"),
                            ("publiek-privaat", "Publiek-privaat (PPS)"),
                        ],
                        max_length=20,
                        verbose_name="publiek of privaat",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gekoppeld", "Gekoppeld aan het netwerk"),
                            ("opgenomen", "Opgenomen in het netwerk"),
                            ("naast", "Bestaat naast het netwerk"),
                        ],
                        max_length=20,
                        verbose_name="verhouding tot het netwerk",
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="omschrijving")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="omschrijving in het Engels"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("informatiedeling", "Informatiedeling"),
                                ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                                ("incidentafhandeling", "Incidentafhandeling"),
                                ("kennisuitwisseling", "Kennisuitwisseling"),
                                ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                            ],
                            max_length=40,
                        ),
                        default=list,
                        size=None,
                        verbose_name="functies",
                    ),
                ),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                ("is_fictional", models.BooleanField(default=False, editable=False, verbose_name="fictief")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="gewijzigd")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.initiative",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeParticipant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_lead", models.BooleanField(default=False, verbose_name="trekker")),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="partners.initiative",
                        verbose_name="initiatief",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelnemer aan een initiatief",
                "verbose_name_plural": "deelnemers aan initiatieven",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                (
                    "role",
                    models.CharField(
                        choices=[("lid", "Lid"), ("vertegenwoordiger", "Vertegenwoordiger")],
                        default="lid",
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="verstuurd")),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="gebruikt")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ingetrokken"),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uitgenodigd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
                "ordering": ["-sent_at"],
            },
        ),
        migrations.CreateModel(
            name="LegalRegime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="naam")),
                ("abbreviation", models.CharField(blank=True, max_length=20, verbose_name="afkorting")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                ("note", models.TextField(blank=True, verbose_name="toelichting")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="partners.legalregime",
                        verbose_name="opvolger",
                    ),
                ),
            ],
            options={
                "verbose_name": "wettelijk kader",
                "verbose_name_plural": "wettelijke kaders",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("oktt", "OKTT-status"),
                            ("csirt", "Aangewezen (sectoraal) CSIRT"),
                            ("wettelijke-taak", "Wettelijke taak"),
                            ("overeenkomst", "Overeenkomst"),
                        ],
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                ("evidence", models.CharField(max_length=300, verbose_name="bewijs")),
                ("valid_from", models.DateField(verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                (
                    "regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="partners.legalregime",
                        verbose_name="wettelijk kader",
                    ),
                ),
            ],
            options={
                "verbose_name": "wettelijke grond",
                "verbose_name_plural": "wettelijke gronden",
            },
        ),
        migrations.CreateModel(
            name="LegalRegimeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("abbreviation", models.CharField(blank=True, max_length=20, verbose_name="afkorting")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                ("note", models.TextField(blank=True, verbose_name="toelichting")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.legalregime",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.legalregime",
                        verbose_name="opvolger",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lid", "Lid"), ("vertegenwoordiger", "Vertegenwoordiger")],
                        default="lid",
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sinds")),
                ("suspended_at", models.DateTimeField(blank=True, null=True, verbose_name="toegang geschorst op")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beëindigd op")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "lidmaatschap",
                "verbose_name_plural": "lidmaatschappen",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="kenmerk in het adres")),
                (
                    "known_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ook bekend als",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("publiek", "Publiek"),
                            ("privaat", "Privaat"),
                            ("publiek-privaat", "Publiek-privaat (PPS)"),
                        ],
                        max_length=20,
                        verbose_name="publiek of privaat",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        db_index=True,
                        default="prospect",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("partner_since", models.DateField(blank=True, null=True, verbose_name="partner sinds")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="omschrijving")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="omschrijving in het Engels"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("email_domain", models.CharField(blank=True, max_length=120, verbose_name="maildomein")),
                ("kvk_number", models.CharField(blank=True, max_length=8, verbose_name="KvK-nummer")),
                ("logo", models.ImageField(blank=True, upload_to="logos/", verbose_name="beeldmerk")),
                (
                    "field_visibility",
                    models.JSONField(
                        blank=True,
                        default=partners.models.organisations.default_field_visibility,
                        verbose_name="wie leest welk veld",
                    ),
                ),
                (
                    "was_lds_partner",
                    models.BooleanField(default=False, verbose_name="was partner in het Landelijk Dekkend Stelsel"),
                ),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                ("internal_notes", models.TextField(blank=True, verbose_name="interne notities")),
                ("is_fictional", models.BooleanField(default=False, editable=False, verbose_name="fictief")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="gewijzigd")),
                (
                    "branches",
                    models.ManyToManyField(
                        blank=True, related_name="organisations", to="partners.branch", verbose_name="branches"
                    ),
                ),
                (
                    "kinds",
                    models.ManyToManyField(
                        blank=True, related_name="organisations", to="partners.organisationkind", verbose_name="soorten"
                    ),
                ),
            ],
            options={
                "verbose_name": "organisatie",
                "verbose_name_plural": "organisaties",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[("lid", "Lid"), ("vertegenwoordiger", "Vertegenwoordiger")],
                        default="lid",
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sinds")),
                ("suspended_at", models.DateTimeField(blank=True, null=True, verbose_name="toegang geschorst op")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beëindigd op")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="MaturityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie",
                    ),
                ),
                (
                    "maturity_level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="volwassenheid",
                    ),
                ),
                ("is_self_assessed", models.BooleanField(default=True, verbose_name="zelf ingeschat")),
                ("assessed_on", models.DateField(verbose_name="peildatum")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.maturity",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="maturity",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="maturities",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="LegalBasisEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("oktt", "OKTT-status"),
                            ("csirt", "Aangewezen (sectoraal) CSIRT"),
                            ("wettelijke-taak", "Wettelijke taak"),
                            ("overeenkomst", "Overeenkomst"),
                        ],
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                ("evidence", models.CharField(max_length=300, verbose_name="bewijs")),
                ("valid_from", models.DateField(verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.legalbasis",
                    ),
                ),
                (
                    "regime",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.legalregime",
                        verbose_name="wettelijk kader",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="legalbasis",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="legal_bases",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                (
                    "role",
                    models.CharField(
                        choices=[("lid", "Lid"), ("vertegenwoordiger", "Vertegenwoordiger")],
                        default="lid",
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="verstuurd")),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="gebruikt")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ingetrokken"),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uitgenodigd door",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.invitation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="InitiativeParticipantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("is_lead", models.BooleanField(default=False, verbose_name="trekker")),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.initiative",
                        verbose_name="initiatief",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.initiativeparticipant",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="initiativeparticipant",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="initiative_participations",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="participants",
            field=models.ManyToManyField(
                related_name="initiatives",
                through="partners.InitiativeParticipant",
                to="partners.organisation",
                verbose_name="deelnemers",
            ),
        ),
        migrations.CreateModel(
            name="DuplicateCandidateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None, verbose_name="waarom"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Te beoordelen"),
                            ("verschillend", "Zijn verschillende organisaties"),
                            ("samengevoegd", "Samengevoegd"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="gevonden")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.duplicatecandidate",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="eerste",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="tweede",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.organisation",
                verbose_name="eerste",
            ),
        ),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.organisation",
                verbose_name="tweede",
            ),
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("algemeen", "Algemeen aanspreekpunt"),
                            ("piket", "Piket, dag en nacht bereikbaar"),
                            ("functie", "Aanspreekpunt voor een functie"),
                            ("communicatie", "Communicatie"),
                            ("techniek", "Techniek"),
                            ("bestuur", "Bestuur"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie in het netwerk",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="naam")),
                ("job_title", models.CharField(blank=True, max_length=150, verbose_name="functietitel")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telefoonnummer")),
                ("is_mailbox", models.BooleanField(default=False, verbose_name="gedeelde postbus, geen persoon")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("openbaar", "Iedereen"),
                            ("netwerk", "Leden van netwerkpartners"),
                            ("eigen", "Eigen organisatie en coördinatoren"),
                        ],
                        default="eigen",
                        max_length=20,
                        verbose_name="zichtbaar voor",
                    ),
                ),
                ("valid_from", models.DateField(default=django.utils.timezone.localdate, verbose_name="geldig vanaf")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                ("last_confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst bevestigd")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "last_confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="laatst bevestigd door",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.contact",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contacts",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="ConstituencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("description", models.CharField(max_length=300, verbose_name="wie")),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="aantal organisaties")),
                ("is_estimate", models.BooleanField(default=True, verbose_name="schatting")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="bron van het aantal")),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="peildatum")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.constituency",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="constituency",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="constituencies",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="ConfirmationNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(help_text="De maandag van de week, Nederlandse tijd.", verbose_name="week")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="opgepakt")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="beantwoord")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmation_notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aan",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmation_notices",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "verzoek om te bevestigen",
                "verbose_name_plural": "verzoeken om te bevestigen",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("applicant_name", models.CharField(max_length=150, verbose_name="naam")),
                ("applicant_email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                ("applicant_phone", models.CharField(blank=True, max_length=30, verbose_name="telefoonnummer")),
                ("motivation", models.TextField(blank=True, max_length=2000, verbose_name="waarom")),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("informatiedeling", "Informatiedeling"),
                                ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                                ("incidentafhandeling", "Incidentafhandeling"),
                                ("kennisuitwisseling", "Kennisuitwisseling"),
                                ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                            ],
                            max_length=40,
                        ),
                        default=list,
                        size=None,
                        verbose_name="functies",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="antwoorden op de vragen")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("onbevestigd", "Adres nog niet bevestigd"),
                            ("nieuw", "Nieuw"),
                            ("intake", "In gesprek"),
                            ("toegelaten", "Toegelaten"),
                            ("afgewezen", "Afgewezen"),
                        ],
                        default="onbevestigd",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ontvangen")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="adres bevestigd"),
                ),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="reden van het besluit"),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="behandelaar",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="application",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="applications",
                to="partners.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.CreateModel(
            name="OrganisationAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="vroeger kenmerk in het adres")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sinds")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "vroeger adres",
                "verbose_name_plural": "vroegere adressen",
            },
        ),
        migrations.CreateModel(
            name="OrganisationAliasEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=120, verbose_name="vroeger kenmerk in het adres")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sinds")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.organisationalias",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationBranchesLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "branch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.branch",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("slug", models.SlugField(db_index=False, max_length=120, verbose_name="kenmerk in het adres")),
                (
                    "known_as",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ook bekend als",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("publiek", "Publiek"),
                            ("privaat", "Privaat"),
                            ("publiek-privaat", "Publiek-privaat (PPS)"),
                        ],
                        max_length=20,
                        verbose_name="publiek of privaat",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        default="prospect",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("partner_since", models.DateField(blank=True, null=True, verbose_name="partner sinds")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="omschrijving")),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="omschrijving in het Engels"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("email_domain", models.CharField(blank=True, max_length=120, verbose_name="maildomein")),
                ("kvk_number", models.CharField(blank=True, max_length=8, verbose_name="KvK-nummer")),
                ("logo", models.ImageField(blank=True, upload_to="logos/", verbose_name="beeldmerk")),
                (
                    "field_visibility",
                    models.JSONField(
                        blank=True,
                        default=partners.models.organisations.default_field_visibility,
                        verbose_name="wie leest welk veld",
                    ),
                ),
                (
                    "was_lds_partner",
                    models.BooleanField(default=False, verbose_name="was partner in het Landelijk Dekkend Stelsel"),
                ),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                ("internal_notes", models.TextField(blank=True, verbose_name="interne notities")),
                ("is_fictional", models.BooleanField(default=False, editable=False, verbose_name="fictief")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="gewijzigd")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeRolesLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.initiative",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "organisationkind",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisationkind",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="roles",
            field=models.ManyToManyField(
                blank=True,
                related_name="initiatives",
                to="partners.organisationkind",
                verbose_name="voor welke soorten",
            ),
        ),
        migrations.CreateModel(
            name="OrganisationKindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.organisationkind",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationKindsLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "organisationkind",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisationkind",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie",
                    ),
                ),
                (
                    "degree",
                    models.CharField(
                        choices=[
                            ("volgen", "Volgen"),
                            ("bijdragen", "Bijdragen"),
                            ("capaciteit", "Capaciteit leveren"),
                        ],
                        default="volgen",
                        max_length=20,
                        verbose_name="mate",
                    ),
                ),
                (
                    "phases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("koud", "Koude fase"),
                                ("lauw", "Lauwe fase"),
                                ("warm", "Warme fase"),
                                ("nazorg", "Nazorg"),
                            ],
                            max_length=10,
                        ),
                        default=partners.models.profile.all_phases,
                        size=None,
                        verbose_name="fasen",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("afgesproken", "Afgesproken"),
                            ("verwacht", "Verwacht, op grond van openbare informatie"),
                        ],
                        default="afgesproken",
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelname",
                "verbose_name_plural": "deelnames",
            },
        ),
        migrations.CreateModel(
            name="ParticipationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("informatiedeling", "Informatiedeling"),
                            ("doelwit-en-slachtoffernotificatie", "Doelwit- en slachtoffernotificatie"),
                            ("incidentafhandeling", "Incidentafhandeling"),
                            ("kennisuitwisseling", "Kennisuitwisseling"),
                            ("opleiden-trainen-oefenen", "Opleiden, trainen en oefenen"),
                        ],
                        max_length=40,
                        verbose_name="functie",
                    ),
                ),
                (
                    "degree",
                    models.CharField(
                        choices=[
                            ("volgen", "Volgen"),
                            ("bijdragen", "Bijdragen"),
                            ("capaciteit", "Capaciteit leveren"),
                        ],
                        default="volgen",
                        max_length=20,
                        verbose_name="mate",
                    ),
                ),
                (
                    "phases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("koud", "Koude fase"),
                                ("lauw", "Lauwe fase"),
                                ("warm", "Warme fase"),
                                ("nazorg", "Nazorg"),
                            ],
                            max_length=10,
                        ),
                        default=partners.models.profile.all_phases,
                        size=None,
                        verbose_name="fasen",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("afgesproken", "Afgesproken"),
                            ("verwacht", "Verwacht, op grond van openbare informatie"),
                        ],
                        default="afgesproken",
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.participation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PendingImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
                ("rows", models.JSONField(verbose_name="regels")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="verstuurd")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verstuurd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "klaargezette import",
                "verbose_name_plural": "klaargezette imports",
            },
        ),
        migrations.CreateModel(
            name="ProfileProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("values", models.JSONField(verbose_name="nieuwe waarden")),
                ("logo", models.ImageField(blank=True, upload_to="voorstellen/", verbose_name="nieuw beeldmerk")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="voorgesteld")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Wacht op een coördinator"),
                            ("overgenomen", "Overgenomen"),
                            ("afgewezen", "Niet overgenomen"),
                            ("ingetrokken", "Ingetrokken"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="besloten")),
                ("decision_reason", models.CharField(blank=True, max_length=500, verbose_name="reden")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="besloten door",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile_proposals",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voorgesteld door",
                    ),
                ),
            ],
            options={
                "verbose_name": "voorgestelde wijziging",
                "verbose_name_plural": "voorgestelde wijzigingen",
                "ordering": ["-proposed_at"],
            },
        ),
        migrations.CreateModel(
            name="ProfileProposalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("values", models.JSONField(verbose_name="nieuwe waarden")),
                ("logo", models.ImageField(blank=True, upload_to="voorstellen/", verbose_name="nieuw beeldmerk")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="voorgesteld")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Wacht op een coördinator"),
                            ("overgenomen", "Overgenomen"),
                            ("afgewezen", "Niet overgenomen"),
                            ("ingetrokken", "Ingetrokken"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="besloten")),
                ("decision_reason", models.CharField(blank=True, max_length=500, verbose_name="reden")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="besloten door",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.profileproposal",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voorgesteld door",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("koninkrijk", "Koninkrijk"),
                            ("land", "Land"),
                            ("provincie", "Provincie"),
                            ("eiland", "Eiland"),
                            ("veiligheidsregio", "Veiligheidsregio"),
                        ],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                ("tile_row", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rij op de kaart")),
                (
                    "tile_column",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="kolom op de kaart"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="partners.region",
                        verbose_name="ligt in",
                    ),
                ),
            ],
            options={
                "verbose_name": "regio",
                "verbose_name_plural": "regio's",
                "ordering": ["order", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationRegionsLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.region",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="regions",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="partners.region", verbose_name="regio's"
            ),
        ),
        migrations.CreateModel(
            name="InitiativeRegionsLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.initiative",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.region",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="regions",
            field=models.ManyToManyField(
                blank=True, related_name="initiatives", to="partners.region", verbose_name="regio's"
            ),
        ),
        migrations.CreateModel(
            name="RegionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("koninkrijk", "Koninkrijk"),
                            ("land", "Land"),
                            ("provincie", "Provincie"),
                            ("eiland", "Eiland"),
                            ("veiligheidsregio", "Veiligheidsregio"),
                        ],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                ("tile_row", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rij op de kaart")),
                (
                    "tile_column",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="kolom op de kaart"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.region",
                        verbose_name="ligt in",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.region",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lid-van", "is lid van"),
                            ("onderdeel-van", "is onderdeel van"),
                            ("bedient", "bedient"),
                            ("levert-aan", "levert aan"),
                            ("overlapt", "overlapt met"),
                        ],
                        max_length=20,
                        verbose_name="relatie",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to_here",
                        to="partners.organisation",
                        verbose_name="met",
                    ),
                ),
            ],
            options={
                "verbose_name": "relatie",
                "verbose_name_plural": "relaties",
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="related_organisations",
            field=models.ManyToManyField(
                related_name="related_from", through="partners.Relation", to="partners.organisation"
            ),
        ),
        migrations.CreateModel(
            name="RelationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lid-van", "is lid van"),
                            ("onderdeel-van", "is onderdeel van"),
                            ("bedient", "bedient"),
                            ("levert-aan", "levert aan"),
                            ("overlapt", "overlapt met"),
                        ],
                        max_length=20,
                        verbose_name="relatie",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("source_reference", models.CharField(blank=True, max_length=300, verbose_name="bron")),
                (
                    "from_organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.relation",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="met",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationSectorsLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.sector",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="sectors",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="partners.sector", verbose_name="sectoren"
            ),
        ),
        migrations.CreateModel(
            name="InitiativeSectorsLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.initiative",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.sector",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="sectors",
            field=models.ManyToManyField(
                blank=True, related_name="initiatives", to="partners.sector", verbose_name="sectoren"
            ),
        ),
        migrations.CreateModel(
            name="SectorEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="naam in het Engels")),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="kenmerk in het adres")),
                ("description", models.CharField(blank=True, max_length=400, verbose_name="omschrijving")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("zeer-kritiek", "Zeer kritieke sector (NIS2, bijlage I)"),
                            ("kritiek", "Andere kritieke sector (NIS2, bijlage II)"),
                            ("overig", "Buiten NIS2"),
                        ],
                        default="overig",
                        max_length=20,
                        verbose_name="groep",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.sector",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "old_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        max_length=20,
                        verbose_name="van",
                    ),
                ),
                (
                    "new_status",
                    models.CharField(
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        max_length=20,
                        verbose_name="naar",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reden")),
                ("changed_at", models.DateTimeField(auto_now_add=True, verbose_name="op")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "statuswijziging",
                "verbose_name_plural": "statuswijzigingen",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StatusChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "old_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        max_length=20,
                        verbose_name="van",
                    ),
                ),
                (
                    "new_status",
                    models.CharField(
                        choices=[
                            ("prospect", "Mogelijke partner"),
                            ("kandidaat", "Kandidaat"),
                            ("partner", "Netwerkpartner"),
                            ("geschorst", "Geschorst"),
                            ("voormalig", "Voormalig partner"),
                            ("geraadpleegd", "Geraadpleegd"),
                        ],
                        max_length=20,
                        verbose_name="naar",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reden")),
                ("changed_at", models.DateTimeField(auto_now_add=True, verbose_name="op")),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.statuschange",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("user", "organisation"),
                name="one_current_membership",
                violation_error_message="Deze persoon is al lid van deze organisatie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="maturity",
            constraint=models.UniqueConstraint(
                fields=("organisation", "function"),
                name="one_maturity_level_per_function",
                violation_error_message="Voor deze functie is de volwassenheid al ingevuld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="maturity",
            constraint=models.CheckConstraint(
                condition=models.Q(("maturity_level__gte", 1), ("maturity_level__lte", 5)),
                name="maturity_level_is_one_to_five",
                violation_error_message="Volwassenheid loopt van 1 tot en met 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalbasis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="legal_basis_ends_after_it_begins",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativeparticipant",
            constraint=models.UniqueConstraint(
                fields=("initiative", "organisation"),
                name="takes_part_once",
                violation_error_message="Deze organisatie staat al bij dit initiatief.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="one_candidate_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="pair_is_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "piket"), _negated=True), models.Q(("phone", ""), _negated=True), _connector="OR"
                ),
                name="duty_contact_has_a_number",
                violation_error_message="Een piketcontact heeft een telefoonnummer nodig.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "functie"), _negated=True),
                    models.Q(("function", ""), _negated=True),
                    _connector="OR",
                ),
                name="function_contact_names_its_function",
                violation_error_message="Kies de functie waarvoor dit contact er is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), _negated=True), models.Q(("phone", ""), _negated=True), _connector="OR"
                ),
                name="contact_can_be_reached",
                violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="contact_ends_after_it_begins",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="constituency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("size__isnull", True),
                    models.Q(models.Q(("source", ""), _negated=True), ("as_of__isnull", False)),
                    _connector="OR",
                ),
                name="size_has_a_source_and_a_date",
                violation_error_message="Vul bij een aantal ook de bron en de peildatum in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationnotice",
            constraint=models.UniqueConstraint(fields=("organisation", "recipient", "week"), name="one_notice_a_week"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("organisation", "function"),
                name="one_current_participation",
                violation_error_message="Deze organisatie neemt al deel aan deze functie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="profileproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("organisation",), name="one_open_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("from_organisation", "kind", "to_organisation"),
                name="one_relation_of_a_kind",
                violation_error_message="Deze relatie staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_organisation", models.F("to_organisation")), _negated=True),
                name="no_relation_with_itself",
                violation_error_message="Een organisatie kan geen relatie met zichzelf hebben.",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name"], name="partners_or_name_fe8144_idx"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["name"], name="organisation_name_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("kvk_number", ""), _negated=True),
                fields=["kvk_number"],
                name="organisation_by_kvk_number",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("email_domain", ""), _negated=True),
                fields=["email_domain"],
                name="organisation_by_email_domain",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kvk_number", ""), ("kvk_number__regex", "^[0-9]{8}$"), _connector="OR"),
                name="kvk_number_has_eight_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "partner"), _negated=True), ("partner_since__isnull", False), _connector="OR"
                ),
                name="partner_has_a_since_date",
                violation_error_message="Vul bij een netwerkpartner de datum in waarop het partnerschap begon.",
            ),
        ),
        migrations.CreateModel(
            name="InitiativeBranchesLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.initiative_branches",),
        ),
        migrations.CreateModel(
            name="InitiativeRegionsLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.initiative_regions",),
        ),
        migrations.CreateModel(
            name="InitiativeRolesLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.initiative_roles",),
        ),
        migrations.CreateModel(
            name="InitiativeSectorsLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.initiative_sectors",),
        ),
        migrations.CreateModel(
            name="OrganisationBranchesLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.organisation_branches",),
        ),
        migrations.CreateModel(
            name="OrganisationKindsLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.organisation_kinds",),
        ),
        migrations.CreateModel(
            name="OrganisationRegionsLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.organisation_regions",),
        ),
        migrations.CreateModel(
            name="OrganisationSectorsLink",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("partners.organisation_sectors",),
        ),
    ]
