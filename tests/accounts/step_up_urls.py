"""The portal with one more page: it does what cannot be undone, and counts how often."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cwn.accounts.reauthentication import recently_authenticated
from cwn.urls import urlpatterns as portal

done: list[str] = []


@recently_authenticated
def irrevocable(request: HttpRequest) -> HttpResponse:
    """Note what was done."""
    done.append(request.POST.get("what", request.method or ""))
    return HttpResponse("gedaan")


urlpatterns = [path("onherroepelijk/", irrevocable), *portal]
