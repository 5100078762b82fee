"""Who signs in. What they may do and see comes from their postings (schools.models.Posting)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleCode(models.TextChoices):
    STAFF = "staff", _("department staff")
    REGISTRAR = "registrar", _("records officer")
    LEADER = "leader", _("leader")
    PRINCIPAL = "principal", _("principal")
    CLERK = "clerk", _("school clerk")
    ADMIN = "admin", _("administrator")


class User(AbstractUser):
    """A person with an account. Vietnamese names are one text, given name last."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        """The given name, which stands last: how people address each other."""
        return str(self).split()[-1]
