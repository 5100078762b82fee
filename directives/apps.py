from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    """Documents, the tasks read in them, and what units do about those."""

    name = "directives"
    verbose_name = _("Documents and tasks")

    def ready(self) -> None:
        from directives import checks  # noqa: F401 — importing registers them
