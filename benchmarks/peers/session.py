"""Make the person who looks at the stock admin, and write the cookie: `python -m peers.session`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peers.settings")

if __name__ == "__main__":
    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    person, _made = get_user_model().objects.get_or_create(username="admin", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(person)
    print(f"sessionid={client.cookies['sessionid'].value}")
