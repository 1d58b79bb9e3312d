"""`make faults`: trials with three seeds, and two without a log of the mail server; 0 lost, 0 doubled, or exit 1."""

import argparse
import os
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cwn.core.up.postgres import LocalPostgres
from cwn.core.up.processes import Processes
from cwn.core.up.valkey import LocalValkey

HEAD = "seed  log  kind           people  kills  flushes  restarts    sent  unsure  parked  lost  doubled  silent  time"


def main() -> int:
    """Run the trials and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--flushes", type=int, default=5)
    parser.add_argument("--restarts", type=int, default=3)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--with-log-only", action="store_true", help="leave out the trials without a log")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="cwn-faults-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with Processes(folder, folder) as processes:
            database = LocalPostgres(folder)
            database.start(processes)
            broker = LocalValkey(folder / "valkey", password=secrets.token_urlsafe(16))
            broker.start(processes)
            os.environ |= {
                "DATABASE_URL": database.url,
                "REDIS_URL": broker.url,
                "SECRET_KEY": secrets.token_urlsafe(32),
                "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
                "ON_LOOPBACK": "1",
                "CWN_DATA": name,
            }
            return _run(folder, processes, database, asked)


def _run(folder: Path, processes: Processes, database: LocalPostgres, asked: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.faults.trial import Plan, Trial

    call_command("migrate", verbosity=0)
    size = {name: getattr(asked, name) for name in ("recipients", "kills", "flushes", "restarts")}
    plans = [Plan(**size, seed=seed) for seed in asked.seeds]
    if not asked.with_log_only:
        kinds = ("proef-vragen", "proef-opnieuw")
        plans += [Plan(**size, seed=asked.seeds[0], has_log=False, kind=kind) for kind in kinds]
    sys.stdout.write(HEAD + "\n")
    are_good = True
    for plan in plans:
        result = Trial(folder, processes, database, plan).run()
        are_good &= result.is_good
        states = result.states
        sys.stdout.write(
            f"{plan.seed:4}  {'yes' if plan.has_log else 'no':3}  {plan.kind:13}  {plan.recipients:6}  {plan.kills:5}"
            f"  {plan.flushes:7}  {plan.restarts:8}  {states['verstuurd']:6}  {states['onbekend']:6}"
            f"  {states['geparkeerd']:6}  {result.lost:4}  {result.doubled:7}  {result.silent:6}"
            f"  {result.seconds:3.0f} s\n"
        )
        sys.stdout.flush()
    return 0 if are_good else 1


if __name__ == "__main__":
    sys.exit(main())
