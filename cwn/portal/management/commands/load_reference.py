"""`manage.py load_reference`: fill a portal with what both source documents say; safe to repeat."""

from argparse import ArgumentParser
from typing import Any

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction

from comms.planning.reference.messages import load_channels, load_core_messages
from comms.planning.reference.year import load_phases, load_rules, load_years
from comms.reference import load_audiences, load_developments
from cwn.portal.reference import load_contact_topics, load_questions
from functions.base.reference import load_charters, load_flows
from partners.reference import (
    load_branches,
    load_consulted_organisations,
    load_initiatives,
    load_legal_regimes,
    load_organisation_kinds,
    load_regions,
    load_sectors,
)

#: What is loaded, in the order in which it refers to each other.
LOADERS = (
    ("regio's", load_regions),
    ("sectoren", load_sectors),
    ("branches", load_branches),
    ("soorten organisaties", load_organisation_kinds),
    ("wettelijke kaders", load_legal_regimes),
    ("geraadpleegde organisaties", load_consulted_organisations),
    ("initiatieven", load_initiatives),
    ("doelgroepen", load_audiences),
    ("ontwikkelingen en thema's", load_developments),
    ("regels van de contentkalender", load_rules),
    ("jaarplanning", load_years),
    ("fasen van de opbouw", load_phases),
    ("kanalen van het netwerk", load_channels),
    ("kernboodschappen", load_core_messages),
    ("functiebeschrijvingen", load_charters),
    ("informatiestromen", load_flows),
    ("vragen en antwoorden", load_questions),
    ("onderwerpen van contact", load_contact_topics),
)


class Command(BaseCommand):
    """Add the reference data that is missing; what an editor changed or removed stays as it is."""

    help = (
        "Laadt regio's, sectoren, branches, functies, doelgroepen en geraadpleegde organisaties. "
        "Voegt toe wat ontbreekt. Wat iemand in het portaal wijzigde of verwijderde, blijft zo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the way back to the files."""
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="Zet de rijen die er zijn terug op de waarden uit de bestanden. Verwijderde rijen blijven weg.",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything or nothing, and say what was done."""
        with pghistory.context(reason="load_reference"):
            for label, load in LOADERS:
                outcome = load(refresh=options["refresh"])
                counts = f"{len(outcome.created)} toegevoegd, {len(outcome.changed)} bijgewerkt"
                if outcome.left_out:
                    counts += f", {len(outcome.left_out)} eerder verwijderd en niet teruggezet"
                self.stdout.write(f"{label}: {counts if outcome or outcome.left_out else 'niets te doen'}")
