from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """Offices and schools, how they hang together, who works where, and the periods of figures."""

    name = "schools"
    verbose_name = _("Offices and schools")
