"""Targets: the board, one target, setting them and adopting those of a document."""

from django.urls import path

from targets.views import adoption, board, catalogue, pledging, setting, sharing

app_name = "targets"
urlpatterns = [
    path("targets/", board.targets, name="board"),
    path("targets/pdf/", board.board_pdf, name="board_pdf"),
    path("targets/docx/", board.board_docx, name="board_docx"),
    path("targets/indicators/", catalogue.indicators, name="indicators"),
    path("targets/indicators/try/", catalogue.try_out, name="try_formula"),
    path("targets/indicators/<str:code>/", catalogue.indicator, name="indicator"),
    path("targets/new/", setting.new, name="new"),
    path("targets/<int:pk>/", board.target, name="target"),
    path("targets/<int:pk>/edit/", setting.edit, name="edit"),
    path("targets/<int:pk>/place/", setting.place, name="place"),
    path("targets/<int:pk>/remove/", setting.remove, name="remove"),
    path("targets/<int:pk>/share/", sharing.share, name="share"),
    path("targets/registered/", pledging.pledges, name="pledges"),
    path("targets/registered/approve/", pledging.approve_several, name="approve_pledges"),
    path("targets/registered/new/", pledging.new, name="pledge_new"),
    path("targets/registered/<int:pk>/", pledging.pledge, name="pledge"),
    path("targets/registered/<int:pk>/change/", pledging.change, name="pledge_change"),
    path("targets/registered/<int:pk>/withdraw/", pledging.withdraw, name="pledge_withdraw"),
    path("targets/registered/<int:pk>/decide/", pledging.decide, name="pledge_decide"),
    path("targets/from/<int:pk>/", adoption.document, name="document"),
    path("targets/from/<int:pk>/<int:read_pk>/", adoption.adopt, name="adopt"),
    path("targets/from/<int:pk>/<int:read_pk>/skip/", adoption.skip, name="skip"),
    path("targets/from/<int:pk>/<int:read_pk>/take-up/", adoption.take_up, name="take_up"),
]
