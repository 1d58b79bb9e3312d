"""One page, which counts the people in the database."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    """Answer with the number of people."""
    return HttpResponse(str(get_user_model().objects.count()))


urlpatterns = [path("", home)]
