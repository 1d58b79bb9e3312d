"""The settings of the portal, with the kinds of the trial."""

from cwn.settings import *  # noqa: F403
from cwn.settings import INSTALLED_APPS as PORTAL

INSTALLED_APPS = [*PORTAL, "tests.faults"]
