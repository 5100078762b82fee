"""Who signs in. What they may do and see comes from their postings (schools.models.Posting)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned


class RoleCode(models.TextChoices):
    STAFF = "staff", _("department staff")
    REGISTRAR = "registrar", _("records officer")
    LEADER = "leader", _("leader")
    PRINCIPAL = "principal", _("principal")
    CLERK = "clerk", _("school clerk")
    ADMIN = "admin", _("administrator")


class User(Versioned, AbstractUser):
    """A person with an account. Vietnamese names are one text, given name last.

    The keys are what signing in and searching compare (accounts.contacts, eduportal.base.text); actions keep
    them. Among active accounts a telephone number or a mail address is one person's.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    phone_key = models.CharField(max_length=20, blank=True, editable=False)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    search_key = models.CharField(max_length=320, blank=True, editable=False, db_index=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False, editable=False)

    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                fields=["phone_key"],
                condition=Q(is_active=True) & ~Q(phone_key=""),
                name="accounts_user_phone_once",
            ),
            models.UniqueConstraint(
                fields=["email_key"],
                condition=Q(is_active=True) & ~Q(email_key=""),
                name="accounts_user_email_once",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        """The given name, which stands last: how people address each other."""
        return str(self).split()[-1]
