"""Documents and the tasks they set."""

from django.urls import path

from directives.views import assignment, assignments, detail, files, flow, listing, review

app_name = "directives"
urlpatterns = [
    path("documents/", listing.documents, name="list"),
    path("documents/new/", listing.new, name="new"),
    path("documents/<int:pk>/", detail.detail, name="detail"),
    path("documents/<int:pk>/pdf/", files.pdf, name="pdf"),
    path("documents/<int:pk>/original/", files.original, name="original"),
    path("documents/<int:pk>/review/", review.review, name="review"),
    path("documents/<int:pk>/text/", review.text, name="text"),
    path("documents/<int:pk>/tasks/add/", review.add, name="add_task"),
    path("documents/<int:pk>/tasks/<int:task_pk>/", review.task, name="task"),
    path("documents/<int:pk>/tasks/<int:task_pk>/confirm/", review.confirm, name="confirm_task"),
    path("documents/<int:pk>/tasks/<int:task_pk>/remove/", review.remove, name="remove_task"),
    path("documents/<int:pk>/tasks/<int:task_pk>/restore/", review.restore, name="restore_task"),
    path("documents/<int:pk>/issue/", flow.issue, name="issue"),
    path("documents/<int:pk>/submit/", flow.submit, name="submit"),
    path("documents/<int:pk>/approve/", flow.approve, name="approve"),
    path("documents/<int:pk>/return/", flow.send_back, name="return"),
    path("documents/<int:pk>/number/", flow.number_and_issue, name="number"),
    path("tasks/", assignments.assignments, name="assignments"),
    path("tasks/<int:pk>/", assignment.assignment, name="assignment"),
    path("tasks/<int:pk>/report/", assignment.report, name="report_progress"),
    path("tasks/<int:pk>/reopen/", assignment.reopen, name="reopen_assignment"),
]
