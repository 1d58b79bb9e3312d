"""The admin site behind the portal's own door."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.admin_tasks import tasks_for


class CwnAdminSite(AdminSite):
    """`/beheer/`: Django's admin for coordinators and technical administrators.

    It has no log-in of its own (security.md C06): a visitor goes to the log-in of the portal, and for
    somebody without a role that works here it does not exist.
    """

    site_header = _("Beheer van het CWN-portaal")
    site_title = _("CWN-beheer")
    index_title = _("Wat wacht op u")
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lists: dict[Any, list[dict[str, Any]]] = {}
        self.disable_action("delete_selected")  # nothing disappears by the dozen; rows end, one by one

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in who holds a role that works here, with the second factor that it asks for."""
        return request.user.is_authenticated and request.user.is_staff

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer 404 to who is logged in without a role that works here; a visitor may log in first."""
        guarded = super().admin_view(view, cacheable)

        def hidden_from_others(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return hidden_from_others

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the log-in of the portal, and back afterwards."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        here = reverse("admin:index")
        to = request.GET.get("next", here)
        if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
            to = here
        return redirect(to) if request.user.is_authenticated else redirect_to_login(to, reverse("account_login"))

    def get_urls(self) -> list[Any]:
        """Leave out the way from a primary key to an address: it tells of records that one may not read (A17)."""
        return [route for route in super().get_urls() if getattr(route, "name", None) != "view_on_site"]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Log out where everybody does."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Change the password where everybody does."""
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give every page the menu and where to search."""
        return {**super().each_context(request), "quick_search": self._quick_search(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show first what waits for this person, then what there is."""
        tasks = list(tasks_for(request.user))
        return super().index(request, {"tasks": tasks, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Group the tables by what people come to do, not by the app that holds them.

        The list follows from somebody's permissions and language, so it is made once for each.
        """
        key = (frozenset(request.user.get_all_permissions()), get_language(), app_label)
        if key not in self._lists:
            self._lists[key] = self._make_app_list(request, app_label)
        return self._lists[key]

    def _make_app_list(self, request: HttpRequest, app_label: str | None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        groups: dict[tuple[int, str], dict[str, Any]] = {}
        for app in apps:
            for entry in app["models"]:
                place, name = getattr(self.get_model_admin(entry["model"]), "group", None) or (99, app["name"])
                group = {**app, "name": str(name), "app_label": slugify(name), "models": []}
                groups.setdefault((place, str(name)), group)["models"].append(entry)
        return [group for _place, group in sorted(groups.items())]

    def _quick_search(self, request: HttpRequest) -> dict[str, str] | None:
        """Return the list that the search box of every page goes to, for who may see it."""
        for model, model_admin in self._registry.items():
            if getattr(model_admin, "is_quick_search", False) and model_admin.has_view_permission(request):
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
                return {"url": reverse(name), "label": str(model._meta.verbose_name_plural)}
        return None
