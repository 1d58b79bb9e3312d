"""App configuration of issues of newsletters, from composing to figures."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    """The communication desk: issues of newsletters, from composing to figures."""

    name = "comms.newsletters"
    label = "newsletters"
    verbose_name = "nieuwsbrieven"
