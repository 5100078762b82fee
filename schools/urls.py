from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
    path("<int:pk>/acting/", views.acting, name="acting"),
    path("<int:pk>/acting/<int:posting_pk>/stop/", views.acting_stop, name="acting_stop"),
]
