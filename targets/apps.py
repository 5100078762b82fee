from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from schools.reorganisation import follow


class TargetsConfig(AppConfig):
    """Measures and what units report of them; later indicators and targets."""

    name = "targets"
    verbose_name = _("Figures and targets")

    def ready(self) -> None:
        from targets.actions.closing import FOLLOWER

        follow(FOLLOWER)
