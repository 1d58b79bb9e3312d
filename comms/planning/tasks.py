"""What planning does by the clock; each job asks the tables what is left to do, so twice does no harm."""

from celery import shared_task
from django.utils import timezone

from comms.planning.actions.campaigns import move_by_clock
from comms.planning.actions.working_group import end_seats_of_who_left


@shared_task
def move_campaigns() -> int:
    """Start and end campaigns on their day (R97)."""
    return move_by_clock(timezone.localdate())


@shared_task
def end_empty_seats() -> int:
    """End the seats of people who left their partner, with the role that came with it (R85)."""
    return end_seats_of_who_left()
