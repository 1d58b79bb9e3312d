"""A worker without Celery: `python -m tests.faults.pumper` empties the outbox until somebody kills it."""

import time

import django


def main() -> None:
    """Pump for ever."""
    django.setup()
    from cwn.delivery.actions.pumping import pump_outbox

    while True:
        pump_outbox()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
