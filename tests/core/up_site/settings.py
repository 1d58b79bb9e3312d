"""The settings of the smallest site that `manage.py up` can start."""

from pathlib import Path

import environ

env = environ.Env()
CWN_DEMO = env.bool("CWN_DEMO")
DATA_DIR = Path(env.str("CWN_DATA"))
SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL")
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "cwn.core", "tests.core.up_site"]
ROOT_URLCONF = "tests.core.up_site.urls"
DATABASES = {"default": env.db("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = CELERY_BROKER_URL = env.str("REDIS_URL")
