"""`manage.py up`: the whole portal on one machine, from an empty folder to a page that answers."""

import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from cwn.core.up import environment, site
from cwn.core.up.folder import DataFolder
from cwn.core.up.problems import StartError, first_line, known_cause
from cwn.core.up.processes import Processes, end_with_make, interrupted_by_signals

DEMO_DOMAIN = "@demo.example"


class Command(BaseCommand):
    """Start the servers, bring the data up to date, serve, and stop everything together."""

    help = "Start het hele portaal op deze machine: database, gegevens, webserver, worker en klok."
    requires_system_checks: list[str] = []  # the data comes first; `make check` runs the checks

    def add_arguments(self, parser: CommandParser) -> None:
        """Let somebody else run the web server or the worker."""
        parser.add_argument("--no-web", action="store_false", dest="web", help="zonder webserver")
        parser.add_argument("--no-worker", action="store_false", dest="worker", help="zonder worker en klok")

    def handle(self, *, web: bool, worker: bool, **_: Any) -> None:
        """Run until Ctrl-C, or until one of the parts ends."""
        self.began = time.monotonic()
        self.folder = DataFolder(Path(settings.DATA_DIR))
        end_with_make()
        try:
            with interrupted_by_signals():
                self._run(web=web, worker=worker)
        except KeyboardInterrupt:
            self.stdout.write("Alles is gestopt.")
        except StartError as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(known_cause(str(error)) or f"Het portaal moest stoppen: {error}") from error

    def _run(self, *, web: bool, worker: bool) -> None:
        """Tell the story of a start, in order."""
        self.folder.prepare()
        with self.folder.locked():
            port = site.free_port_or_problem(os.environ.get("PORT", "8000")) if web else 0
            self.stdout.write(f"CWN-portaal met datamap {self.folder.path}")
            with Processes(self.folder.run, self.folder.logs) as processes:
                self._start_servers(processes)
                web_server = site.load_web(processes, port) if web else None
                self._bring_data_up_to_date()
                environment.share(self.folder, os.environ)
                if web_server:
                    with self._step("Webserver starten"):
                        site.open_web(web_server, port)
                if worker:
                    with self._step("Worker en klok starten"):
                        site.start_worker(processes)
                self._tell_how_to_go_on(web=web)
                try:
                    processes.watch()
                except KeyboardInterrupt:
                    self.stdout.write("\nHet portaal stopt…")
                    raise

    def _start_servers(self, processes: Processes) -> None:
        """Start the servers that nobody gave us, and see that the given ones answer."""
        for server in environment.own_servers:
            with self._step(f"{server.name} starten"):
                server.start(processes)
        with self._step("Verbinding met database en broker controleren"):
            try:
                connections["default"].ensure_connection()
            except Exception as error:  # any driver error means the same to the person who gave the address
                raise StartError(
                    f"De database van DATABASE_URL is niet bereikbaar of weigert ons: {first_line(error)}"
                ) from error
            environment.check_broker(settings.REDIS_URL)

    def _bring_data_up_to_date(self) -> None:
        """Compile the translations, migrate, load what everybody shares and, the first time, the fictional network."""
        with (self.folder.logs / "data.log").open("a") as log:
            with self._step("Vertalingen klaarzetten"):
                call_command("translations", stdout=log)
            with self._step("Database bijwerken"):
                call_command("migrate", interactive=False, stdout=log)
            with self._step("Vaste gegevens laden"):
                call_command("load_reference", stdout=log)
            people = get_user_model()._default_manager.filter(email__endswith=DEMO_DOMAIN)
            if settings.CWN_DEMO and not people.exists():
                with self._step("Demonetwerk laden"), transaction.atomic():
                    call_command("load_demo", stdout=log)
        connections.close_all()

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """Show one step with the time it took; an unexpected error becomes one sentence and a log."""
        self.stdout.write(f"  {what:<46}", ending="")
        self.stdout.flush()
        began = time.monotonic()
        try:
            yield
        except (StartError, KeyboardInterrupt):
            self.stdout.write("")
            raise
        except Exception as error:
            self.stdout.write("")
            log = self.folder.logs / "up.log"
            log.write_text(traceback.format_exc())
            cause = known_cause(str(error)) or f"{first_line(error)} (meer in {log})"
            raise StartError(f"{what} is niet gelukt: {cause}") from error
        self.stdout.write(f"{time.monotonic() - began:5.1f} s".replace(".", ","))

    def _tell_how_to_go_on(self, *, web: bool) -> None:
        """Say where the portal is, who can log in and how to stop."""
        seconds = f"{time.monotonic() - self.began:.1f}".replace(".", ",")
        address = settings.SITE_URL
        lines = ["", f"Het portaal staat klaar na {seconds} s" + (f": {address}/" if web else ", zonder webserver.")]
        if settings.CWN_DEMO:
            lines += [
                f"  Inloggen met één klik   {address}/account/demo/",
                f"  of met een adres als    mem{DEMO_DOMAIN}, rep{DEMO_DOMAIN}, coord{DEMO_DOMAIN}, adm{DEMO_DOMAIN}",
                f"  wachtwoord              {os.environ.get('DEMO_PASSWORD', '')}",
                f"  TOTP-geheim             {os.environ.get('DEMO_TOTP_SECRET', '')}  (voor uw authenticator-app)",
                f"  Verzonden post lezen    {address}/account/demo/post/",
            ]
        lines += [
            f"  Logboeken               {self.folder.logs}",
            f"  In een tweede venster   set -a; . '{self.folder.run}/environment'; set +a",
            "Stoppen: Ctrl-C",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
