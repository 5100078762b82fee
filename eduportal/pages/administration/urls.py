from django.urls import path

from eduportal.pages.administration.views import people, sheets, work

app_name = "administration"
urlpatterns = [
    path("lists/", sheets.sheets, name="sheets"),
    path("lists/<slug:resource>/", sheets.take_in, name="import"),
    path("lists/<slug:resource>/sample/", sheets.sample, name="sample"),
    path("lists/<slug:resource>/export/<slug:kind>/", sheets.export, name="export"),
    path("lists/<slug:resource>/exported/<int:pk>/", sheets.exported, name="exported"),
    path("lists/<slug:resource>/files/<int:pk>/", sheets.outcome, name="outcome"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/letters/", people.letters, name="letters"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/password/", people.password, name="password"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("people/<int:pk>/reopen/", people.reopen, name="reopen"),
    path("people/<int:pk>/postings/", people.add_posting, name="add_posting"),
    path("postings/<int:pk>/end/", people.end, name="end_posting"),
    path("schools-without-account/", people.schools_without_account, name="schools_without_account"),
    path("units-without-people/", people.units_without_people, name="units_without_people"),
    path("jobs/", work.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", work.retry, name="retry"),
]
