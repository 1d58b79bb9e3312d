"""The site of the Cyberweerbaarheidsnetwerk: settings, site map and what belongs to no single subject."""

from cwn.celery import app as celery_app

__all__ = ["celery_app"]
