"""Documents and the tasks they set."""

from django.urls import path

from directives.views import (
    assignment,
    assignments,
    changing,
    detail,
    entering,
    files,
    flow,
    incoming,
    listing,
    review,
)

app_name = "directives"
urlpatterns = [
    path("documents/", listing.documents, name="list"),
    path("documents/new/", entering.new, name="new"),
    path("documents/<int:pk>/", detail.detail, name="detail"),
    path("documents/<int:pk>/pdf/", files.pdf, name="pdf"),
    path("documents/<int:pk>/original/", files.original, name="original"),
    path("documents/<int:pk>/annexes/add/", files.add_annexes, name="add_annexes"),
    path("documents/<int:pk>/annexes/<int:annex_pk>/", files.annex, name="annex"),
    path("documents/<int:pk>/annexes/<int:annex_pk>/remove/", files.remove_annex, name="remove_annex"),
    path("documents/<int:pk>/registration/", incoming.registration, name="registration"),
    path("documents/<int:pk>/instruct/", incoming.instruct, name="instruct"),
    path("documents/<int:pk>/hand-over/", incoming.hand_over, name="hand_over"),
    path("documents/<int:pk>/change/", changing.change, name="change"),
    path("documents/<int:pk>/discard/", changing.discard, name="discard"),
    path("documents/<int:pk>/bring-back/", changing.bring_back, name="bring_back"),
    path("documents/<int:pk>/tasks/<int:task_pk>/units/", detail.units, name="task_units"),
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
