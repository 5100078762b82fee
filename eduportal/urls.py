"""All addresses, grouped by what they are about."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from directives.views import checking

urlpatterns = [
    path("", include("eduportal.pages.urls")),
    path("administration/tables/", admin.site.urls),
    path("administration/", include("eduportal.pages.administration.urls")),
    path("account/", include("accounts.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("units/", include("schools.urls")),
    path("api/v1/", include("eduportal.api")),
    path("check/", checking.ask, name="check"),
    path("check/<str:code>/", checking.check, name="check_document"),
    path("", include("directives.urls")),
    path("", include("targets.urls")),
    path("", include("reports.urls")),
]
