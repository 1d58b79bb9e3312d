"""Places in channels of partners, and talks; both closed by row-level security (docs/adr/0011)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


PLANNERS = """(SELECT cwn_principals() && ARRAY['role:coordinator']
    OR cwn_principals() @> ARRAY['role:working_group', 'members'])"""
#: Table → when a row of it may be read; written apart from `visible_to` on purpose.
READABLE = {
    "planning_talk": f"""{PLANNERS} AND ((SELECT cwn_principals() && ARRAY['role:coordinator', 'role:policy_owner'])
        OR EXISTS (SELECT FROM partners_organisation AS organisation
            WHERE organisation.id = planning_talk.organisation_id
              AND organisation.status IN ('partner', 'geraadpleegd')))""",
    "planning_talkevent": "EXISTS (SELECT FROM planning_talk AS parent WHERE parent.id = planning_talkevent.pgh_obj_id)",
    "planning_placement": f"""EXISTS (SELECT FROM planning_calendarentry AS entry
            WHERE entry.id = planning_placement.entry_id AND entry.removed_at IS NULL)
        AND ({PLANNERS} OR (SELECT cwn_principals() && ARRAY['role:policy_owner'])
        OR EXISTS (SELECT FROM planning_channel AS channel
            WHERE channel.id = planning_placement.channel_id
              AND channel.organisation_id = ANY ((SELECT cwn_keys('org:'))::bigint[])))""",
    "planning_placementevent": """EXISTS (SELECT FROM planning_placement AS parent
        WHERE parent.id = planning_placementevent.pgh_obj_id)""",
}
POLICIES = ("portal", "readers", "writers_insert", "writers_update", "writers_delete")


def _statements() -> list[str]:
    """Return what closes the tables: rows that cannot be read cannot be changed or deleted either."""
    return [
        statement
        for table, readable in READABLE.items()
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY portal ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"CREATE POLICY readers ON {table} FOR SELECT TO cwn_web USING ({readable})",
            f"CREATE POLICY writers_insert ON {table} FOR INSERT TO cwn_web WITH CHECK (true)",
            f"CREATE POLICY writers_update ON {table} FOR UPDATE TO cwn_web USING ({readable}) WITH CHECK (true)",
            f"CREATE POLICY writers_delete ON {table} FOR DELETE TO cwn_web USING ({readable})",
        )
    ]


def _undo() -> list[str]:
    return [
        statement
        for table in READABLE
        for statement in (
            *(f"DROP POLICY {name} ON {table}" for name in POLICIES),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_web_role'),
        ('partners', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('planning', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(blank=True, max_length=1000, verbose_name='wat vraagt u?')),
                ('state', models.CharField(choices=[('gevraagd', 'Gevraagd'), ('toegezegd', 'Toegezegd'), ('afgewezen', 'Niet'), ('geplaatst', 'Geplaatst')], default='gevraagd', max_length=20, verbose_name='stand')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='antwoord')),
                ('placed_on', models.DateField(blank=True, null=True, verbose_name='geplaatst op')),
                ('url', models.URLField(blank=True, verbose_name='adres')),
                ('reach', models.PositiveIntegerField(blank=True, null=True, verbose_name='bereik: hoeveel lezers')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='gevraagd op')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='planning.channel', verbose_name='kanaal')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='planning.calendarentry', verbose_name='item')),
            ],
            options={
                'verbose_name': 'plaatsing in een kanaal',
                'verbose_name_plural': 'plaatsingen in kanalen',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlacementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('question', models.TextField(blank=True, max_length=1000, verbose_name='wat vraagt u?')),
                ('state', models.CharField(choices=[('gevraagd', 'Gevraagd'), ('toegezegd', 'Toegezegd'), ('afgewezen', 'Niet'), ('geplaatst', 'Geplaatst')], default='gevraagd', max_length=20, verbose_name='stand')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='antwoord')),
                ('placed_on', models.DateField(blank=True, null=True, verbose_name='geplaatst op')),
                ('url', models.URLField(blank=True, verbose_name='adres')),
                ('reach', models.PositiveIntegerField(blank=True, null=True, verbose_name='bereik: hoeveel lezers')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='gevraagd op')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('channel', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.channel', verbose_name='kanaal')),
                ('entry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.calendarentry', verbose_name='item')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.placement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='op')),
                ('with_whom', models.CharField(help_text='Een functie is genoeg, bijvoorbeeld: de directeur.', max_length=200, verbose_name='met wie')),
                ('summary', models.TextField(max_length=2000, verbose_name='wat is er besproken?')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='volgende stap')),
                ('next_step_on', models.DateField(blank=True, null=True, verbose_name='volgende stap op')),
                ('next_step_done_on', models.DateField(blank=True, null=True, verbose_name='volgende stap gezet op')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='partners.organisation', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'gesprek',
                'verbose_name_plural': 'gesprekken',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TalkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='op')),
                ('with_whom', models.CharField(help_text='Een functie is genoeg, bijvoorbeeld: de directeur.', max_length=200, verbose_name='met wie')),
                ('summary', models.TextField(max_length=2000, verbose_name='wat is er besproken?')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='volgende stap')),
                ('next_step_on', models.DateField(blank=True, null=True, verbose_name='volgende stap op')),
                ('next_step_done_on', models.DateField(blank=True, null=True, verbose_name='volgende stap gezet op')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.organisation', verbose_name='organisatie')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.talk')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('entry', 'channel'), name='one_placement_per_channel', violation_error_message='Dit is al aan dit kanaal gevraagd.'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('placed_on__isnull', False), ('state', 'geplaatst')), models.Q(models.Q(('state', 'geplaatst'), _negated=True), ('placed_on__isnull', True), ('reach__isnull', True)), _connector='OR'), name='placed_means_on_a_day', violation_error_message='Vul in op welke dag het is geplaatst.'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_step', ''), ('next_step_on__isnull', True)), models.Q(models.Q(('next_step', ''), _negated=True), ('next_step_on__isnull', False)), _connector='OR'), name='next_step_has_a_day', violation_error_message='Vul bij een volgende stap ook de dag in, of laat beide leeg.'),
        ),
        migrations.RunSQL(_statements(), _undo()),
    ]
