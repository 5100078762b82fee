from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Monthly reports, their review, briefings, meetings and the leader's figures."""

    name = "reports"
    verbose_name = _("Reports and briefings")

    def ready(self) -> None:
        from reports.actions.monthly import hold_report
        from targets.actions import HOLDERS

        HOLDERS.append(hold_report)
