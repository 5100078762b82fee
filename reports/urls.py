from django.urls import path

from reports.views import briefing, doubts, expected, fields, meeting, missing, monthly, months, papers

app_name = "reports"
urlpatterns = [
    path("reports/", months.months, name="months"),
    path("reports/own/", months.own_months, name="own_months"),
    path("reports/open/", months.open_month, name="month_open"),
    path("reports/accept/", months.accept_many, name="accept_many"),
    path("reports/missing/", missing.missing, name="missing"),
    path("reports/missing/<str:kind>/", missing.missing_file, name="missing_file"),
    path("reports/remind/", missing.reminders, name="remind"),
    path("reports/doubts/", doubts.doubts, name="doubts"),
    path("reports/expected/", expected.expected, name="expected"),
    path("reports/of/<int:unit>/<int:year>/<int:month>/", monthly.report_of, name="report_of"),
    path("reports/<int:pk>/", monthly.report, name="report"),
    path("reports/<int:pk>/fields/", fields.fields, name="report_fields"),
    path("reports/<int:pk>/history/", fields.history, name="report_history"),
    path("reports/<int:pk>/pdf/", papers.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/sheet/", monthly.sheet, name="report_sheet"),
    path("reports/<int:pk>/excuse/", monthly.excuse, name="report_excuse"),
    path("reports/<int:pk>/accept/", monthly.accept, name="report_accept"),
    path("reports/<int:pk>/return/", monthly.send_back, name="report_return"),
    path("briefings/", briefing.briefings, name="briefings"),
    path("briefings/build/", briefing.build, name="briefing_build"),
    path("briefings/<int:pk>/", briefing.briefing, name="briefing"),
    path("briefings/<int:pk>/pdf/", papers.briefing_pdf, name="briefing_pdf"),
    path("briefings/<int:pk>/sections/<int:section_pk>/", briefing.section, name="section"),
    path("briefings/<int:pk>/sections/<int:section_pk>/reset/", briefing.reset, name="section_reset"),
    path("briefings/<int:pk>/figures/<str:code>/", briefing.figure, name="figure"),
    path("figures/<str:code>/", briefing.live_figure, name="live_figure"),
    path("briefings/<int:pk>/meeting/", meeting.new, name="meeting_new"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meeting.edit, name="meeting_edit"),
    path("meetings/<int:pk>/attendance/", meeting.attendance, name="attendance"),
    path("meetings/<int:pk>/notice/", meeting.notice, name="notice_draft"),
]
