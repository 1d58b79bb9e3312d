"""A site as small as can be, for the tests of `manage.py up`: what is tested is the start, not the portal."""
