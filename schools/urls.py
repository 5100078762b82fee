from django.urls import path

from schools.views import posting, standards

app_name = "schools"
urlpatterns = [
    path("act-as/", posting.act_as, name="act_as"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.new, name="standard_new"),
    path("standards/<int:pk>/", standards.standard, name="standard"),
    path("standards/<int:pk>/correct/", standards.correct, name="standard_correct"),
    path("standards/<int:pk>/renew/", standards.renew, name="standard_renew"),
    path("standards/<int:pk>/revoke/", standards.revoke, name="standard_revoke"),
    path("<int:pk>/acting/", posting.acting, name="acting"),
    path("<int:pk>/acting/<int:posting_pk>/stop/", posting.acting_stop, name="acting_stop"),
]
