from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from schools.reorganisation import follow


class ReportsConfig(AppConfig):
    """Monthly reports, their review, briefings, meetings and the leader's figures."""

    name = "reports"
    verbose_name = _("Reports and briefings")

    def ready(self) -> None:
        from reports.actions.closing import FOLLOWER

        follow(FOLLOWER)
