"""The usual ways to make the same list: Wagtail, django-filter with the ORM, and the stock admin."""
