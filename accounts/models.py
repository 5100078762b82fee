"""Who signs in. What they may do and see comes from their postings (schools.models.Posting)."""

from typing import Self

from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
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
    # The first page of the portal tells everybody; these are the ways besides.
    remind_by_mail = models.BooleanField(_("remind me by mail"), default=True)
    remind_by_message = models.BooleanField(_("remind me by a message to my telephone"), default=True)

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


# --- other programmes ---------------------------------------------------------------------------------------


class Scope(models.TextChoices):
    """What a token may be used for, within what its person may do anyway."""

    READ = "read", _("read what you see")
    WRITE_REPORTS = "write:reports", _("fill in and send monthly reports")
    WRITE_PROGRESS = "write:progress", _("report progress of tasks")
    WRITE_REVIEWS = "write:reviews", _("accept and return reports, send work back")


class ApiTokenQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """Lets another programme in as a person, through one of their postings. Only a hash of it is kept.

    The posting belongs to an app above this one and is therefore named, not imported.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    posting = models.ForeignKey("schools.Posting", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("allowed to"), default=list)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at__isnull=True), name="accounts_token_name_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="accounts_token_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def scope_names(self) -> list[str]:
        return [str(scope.label) for scope in Scope if scope in self.scopes]

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and not self.is_expired


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, for tools that ask again after a lost one."""

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="accounts_kept_answer_once"),
        ]
