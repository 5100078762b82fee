"""Targets: the board, one target, setting them and adopting those of a document."""

from django.urls import path

from targets.views import adoption, board, setting

app_name = "targets"
urlpatterns = [
    path("targets/", board.targets, name="board"),
    path("targets/new/", setting.new, name="new"),
    path("targets/<int:pk>/", board.target, name="target"),
    path("targets/<int:pk>/edit/", setting.edit, name="edit"),
    path("targets/<int:pk>/remove/", setting.remove, name="remove"),
    path("targets/from/<int:pk>/", adoption.document, name="document"),
    path("targets/from/<int:pk>/<int:read_pk>/", adoption.adopt, name="adopt"),
    path("targets/from/<int:pk>/<int:read_pk>/skip/", adoption.skip, name="skip"),
    path("targets/from/<int:pk>/<int:read_pk>/take-up/", adoption.take_up, name="take_up"),
]
