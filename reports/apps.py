from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from schools.reorganisation import follow


class ReportsConfig(AppConfig):
    """Monthly reports, their review, briefings, meetings and the leader's figures."""

    name = "reports"
    verbose_name = _("Reports and briefings")

    def ready(self) -> None:
        from reports.actions.closing import FOLLOWER
        from reports.actions.meeting_telling import still_to_come
        from reports.actions.monthly import hold_report
        from reports.notices import (
            ACCEPTED,
            COMMENTED,
            CORRECTION_REFUSED,
            OF_MEETINGS,
            TASK_DUE,
            TASK_OVERDUE,
        )
        from reports.queries.reminders import holding
        from reports.queries.review import comments_open, told_of_late
        from targets.actions import HOLDERS
        from trail.kinds import holds_while

        follow(FOLLOWER)
        HOLDERS.append(hold_report)
        for kind in (TASK_DUE, TASK_OVERDUE):
            holds_while(kind, holding)
        for kind in (ACCEPTED, CORRECTION_REFUSED):
            holds_while(kind, told_of_late)
        holds_while(COMMENTED, comments_open)
        for kind in OF_MEETINGS:
            holds_while(kind, still_to_come)
