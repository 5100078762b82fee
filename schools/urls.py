from django.urls import path

from schools import views

app_name = "schools"
urlpatterns = [
    path("act-as/", views.act_as, name="act_as"),
]
