from django.urls import path

from eduportal.pages import tokens, views

urlpatterns = [
    path("", views.home, name="home"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.new, name="token_new"),
    path("account/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
