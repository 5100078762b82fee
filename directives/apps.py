from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from schools.reorganisation import follow


class DirectivesConfig(AppConfig):
    """Documents, the tasks read in them, and what units do about those."""

    name = "directives"
    verbose_name = _("Documents and tasks")

    def ready(self) -> None:
        from directives import checks  # noqa: F401 — importing registers them
        from directives.actions.closing import FOLLOWER

        follow(FOLLOWER)
