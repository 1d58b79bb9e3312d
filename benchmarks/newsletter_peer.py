"""django-newsletter with the same issue: `python newsletter_peer.py NUMBER` in the environment of the peers.

It renders a template per recipient and opens a connection per mail; waiting between mails is switched off.
"""

import os
import sys
import warnings
from datetime import timedelta
from urllib.parse import urlsplit

import django
from django.conf import settings

sys.path.append(sys.path.pop(0))  # `newsletter` is theirs here, not our module beside this one

import newsletter_issue as issue
from peers import settings as usual

warnings.simplefilter("ignore")
server = urlsplit(os.environ["EMAIL_URL"])
given = {name: getattr(usual, name) for name in dir(usual) if name.isupper()} | {
    "INSTALLED_APPS": [
        *("django.contrib.sites", "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"),
        *("django.contrib.sessions", "django.contrib.messages", "newsletter", "sorl.thumbnail"),
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": usual.TEMPLATES[0]["OPTIONS"]["context_processors"]},
        }
    ],
    "ROOT_URLCONF": "newsletter.urls",
    "SITE_ID": 1,
    "NEWSLETTER_THUMBNAIL": "sorl-thumbnail",
    "NEWSLETTER_EMAIL_DELAY": 0,
    "NEWSLETTER_BATCH_SIZE": 0,
    "EMAIL_HOST": server.hostname,
    "EMAIL_PORT": server.port,
    "LOGGING_CONFIG": None,
}
settings.configure(**given)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from newsletter.models import Article, Message, Newsletter, Submission, Subscription  # noqa: E402


def prepared(number: int) -> Submission:
    """Make the tables, the readers and the issue."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS peers")
    call_command("migrate", verbosity=0)
    letter, _new = Newsletter.objects.get_or_create(
        slug="cwn", defaults={"title": "CWN", "email": "cwn@example.nl", "sender": "CWN"}
    )
    if letter.subscription_set.count() != number:
        letter.subscription_set.all().delete()
        Subscription.objects.bulk_create(
            Subscription(
                newsletter=letter,
                name_field=values["name"],
                email_field=address,
                subscribed=True,
                subscribe_date=timezone.now(),
                activation_code=f"{one:040x}",
            )
            for one, (address, values) in enumerate(issue.people(number))
        )
    mail = Message.objects.create(newsletter=letter, title=issue.SUBJECT, slug=f"issue-{Message.objects.count()}")
    for one in range(issue.ARTICLES):
        title = f"Bericht {one} – wat u nu kunt doen"
        Article.objects.create(post=mail, sortorder=one + 1, title=title, text=issue.article(one))
    submission = Submission.from_message(mail)
    submission.publish_date = timezone.now() - timedelta(minutes=1)
    submission.prepared = True
    submission.save()
    return submission


def main() -> None:
    """Prepare, wait for the sign, send, and tell."""
    number = int(sys.argv[1])
    submission = prepared(number)
    print("ready", flush=True)
    sys.stdin.readline()
    Submission.submit_queue()
    submission.refresh_from_db()
    print("done", number if submission.sent else 0, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
