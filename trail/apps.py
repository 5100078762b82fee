from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """What happened and what must still happen: audit events, jobs, stored files."""

    name = "trail"
    verbose_name = _("Trail")

    def ready(self) -> None:
        # Every process knows every kind of job, whoever runs it.
        autodiscover_modules("jobs")
