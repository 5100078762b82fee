"""All addresses, grouped by what they are about."""

from django.urls import include, path

urlpatterns = [
    path("", include("eduportal.pages.urls")),
    path("account/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("units/", include("schools.urls")),
    path("", include("directives.urls")),
    path("", include("reports.urls")),
]
