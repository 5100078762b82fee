from django.urls import path

from eduportal.pages import offline, reminders, schools, search, tokens, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search, name="search"),
    path("schools/", schools.schools, name="school_list"),
    path("schools/<int:pk>/", schools.school, name="school"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.new, name="token_new"),
    path("account/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline, name="offline"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
