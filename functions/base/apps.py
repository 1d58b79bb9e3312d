"""App configuration of what every function has."""

from django.apps import AppConfig


class FunctionsBaseConfig(AppConfig):
    """The ground under the five functions."""

    name = "functions.base"
    label = "base"
    verbose_name = "functies"
