"""`manage.py load_demo`: a fictional network and people to try it with; only where CWN_DEMO is on."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comms.cobranding import demo as templates
from comms.demo import make_publications
from comms.events import demo as events
from comms.newsletters import demo as newsletters
from comms.planning.demo_calendar import make_calendar
from comms.planning.demo_campaigns import make_campaigns
from comms.planning.demo_year import make_year
from comms.subscriptions import demo as subscribers
from cwn.search.indexing import rebuild
from functions.base.demo import make_function_ground
from partners.demo import DemoError, make_network, make_people
from partners.demo.profiles import featured


class Command(BaseCommand):
    """Bring the demo network up to a number of organisations; the same seed gives the same network."""

    help = "Maakt een verzonnen netwerk en mensen om het portaal mee te proberen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer sizes and the seed."""
        parser.add_argument("--organisations", type=int, default=120, metavar="N", help="aantal organisaties (120)")
        parser.add_argument("--publications", type=int, default=300, metavar="N", help="aantal publicaties (300)")
        parser.add_argument("--subscribers", type=int, default=400, metavar="N", help="aantal abonnees (400)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="zaadgetal: hetzelfde geeft hetzelfde (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make organisations, people and search documents, or say in one sentence why not."""
        self._refuse(options)
        started = monotonic()
        try:
            with transaction.atomic(), pghistory.context(reason="load_demo"):
                added = make_network(options["organisations"], options["seed"])
                people = make_people()
                make_function_ground()
                published = make_publications(options["publications"], options["seed"])
                make_year()
                make_campaigns()
                make_calendar()
                templates.make()
                subscribed = subscribers.make(options["subscribers"], options["seed"])
                newsletters.make(options["seed"])
                rebuild(self._changed_kinds(organisation=added, publication=published, event=events.make()))
        except DemoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"demonetwerk: {added} verzonnen organisaties, {published} publicaties en {subscribed} abonnees "
            f"toegevoegd, {len(people)} mensen, {monotonic() - started:.1f} seconden"
        )

    def _changed_kinds(self, **added: int) -> list[str]:
        return [kind for kind, number in added.items() if number]

    def _refuse(self, options: dict[str, Any]) -> None:
        if not settings.CWN_DEMO:
            raise CommandError(
                "Dit is geen demo: zet CWN_DEMO=1. In productie komt er nooit een verzonnen organisatie."
            )
        if not settings.DEMO_PASSWORD or not settings.DEMO_TOTP_SECRET:
            raise CommandError("Zet DEMO_PASSWORD en DEMO_TOTP_SECRET, daarmee loggen de demomensen in.")
        if options["organisations"] < len(featured()):
            raise CommandError(f"Vraag minstens {len(featured())} organisaties: die hebben de demomensen nodig.")
