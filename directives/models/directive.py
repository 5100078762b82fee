"""The document itself: what it says of itself, its text, and where it is on its way."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from schools.models import Office
from schools.queries import units_in_scope
from trail.models import StoredFile


class DirectiveKind(models.TextChoices):
    """Kinds of document (Nghị định 30/2020, điều 7); the codes are those of the reader."""

    LETTER = "cong_van", _("official letter")
    PLAN = "ke_hoach", _("plan")
    NOTICE = "thong_bao", _("notice")
    DECISION = "quyet_dinh", _("decision")
    DIRECTIVE = "chi_thi", _("directive")
    GUIDANCE = "huong_dan", _("guidance")
    REPORT = "bao_cao", _("report")
    SUBMISSION = "to_trinh", _("submission")
    PROGRAMME = "chuong_trinh", _("programme")
    SCHEME = "de_an", _("scheme")
    RESOLUTION = "nghi_quyet", _("resolution")
    TELEGRAM = "cong_dien", _("urgent dispatch")
    INVITATION = "giay_moi", _("invitation")
    OTHER = "other", _("other document")


class Direction(models.TextChoices):
    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")
    INTERNAL = "internal", _("internal")


class DirectiveState(models.TextChoices):
    """The way of a document.

    One that was signed elsewhere goes from draft to issued at once; one that is written here is submitted
    to the leader, approved by him, then numbered and issued by the registrar.
    """

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for approval")
    APPROVED = "approved", _("approved, waiting for its number")
    ISSUED = "issued", _("issued")
    DISCARDED = "discarded", _("thrown away")


class Ended(models.TextChoices):
    """How an issued document ceased to be in force; it stays, and so does what was done for it."""

    REPLACED = "replaced", _("replaced")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Columns as long as the document; a list of many has no use for them.
WHOLE_TEXTS = ("text", "reading", "search_key")


class DirectiveQuerySet(models.QuerySet):
    def for_lists(self) -> Self:
        """Without the text and what was read in it."""
        return self.defer(*WHOLE_TEXTS)

    def issued(self) -> Self:
        return self.filter(state=DirectiveState.ISSUED)

    def kept(self) -> Self:
        """All but drafts that were thrown away."""
        return self.exclude(state=DirectiveState.DISCARDED)

    def unprinted(self) -> Self:
        """Issued documents written here whose printed form is not kept yet."""
        return self.issued().filter(written_here=True, print_file__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Documents of offices in the person's scope, and issued ones that assigned to a unit in it."""
        from directives.models.assignment import Assignment

        scope = units_in_scope(user).values("pk")
        assigned = Assignment.objects.filter(task__directive=OuterRef("pk"), unit__in=scope)
        return self.filter(Q(office__in=scope) | Q(state=DirectiveState.ISSUED) & Exists(assigned))


class Directive(Versioned):
    """A document that directs: entered or uploaded, or written in the portal."""

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="directives"
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.OUTGOING)
    state = models.CharField(_("state"), max_length=10, choices=DirectiveState, default=DirectiveState.DRAFT)
    ended = models.CharField(_("no longer in force"), max_length=10, choices=Ended, blank=True)
    sender = models.CharField(_("sent by"), max_length=200, blank=True)
    arrived_on = models.DateField(_("arrival date"), null=True, blank=True)
    arrival_number = models.PositiveIntegerField(_("arrival number"), null=True, blank=True)
    written_here = models.BooleanField(_("written in the portal"), default=False)
    kind = models.CharField(_("kind"), max_length=20, choices=DirectiveKind, default=DirectiveKind.LETTER)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    issued_on = models.DateField(_("date of the document"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    signer_authority = models.TextField(
        _("authority of the signer"), blank=True, help_text=_("One line each, for example KT. GIÁM ĐỐC.")
    )
    signer_title = models.CharField(_("title of the signer"), max_length=120, blank=True)
    signer_name = models.CharField(_("name of the signer"), max_length=120, blank=True)
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One a line, as under Nơi nhận."))
    text = models.TextField(_("text"))
    reading = models.JSONField(_("what was read"), default=dict)
    original = models.ForeignKey(
        StoredFile, verbose_name=_("original"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    print_file = models.ForeignKey(
        StoredFile, verbose_name=_("PDF"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(_("reason for sending it back"), max_length=1000, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_code = models.CharField(_("check code"), max_length=12, null=True, unique=True, editable=False)  # noqa: DJ001 (null: none yet)
    search_key = models.TextField(editable=False, default="")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [F("issued_on").desc(nulls_first=True), "-pk"]  # drafts come first
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="directives_directive_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="issued", issued_at__isnull=False, issued_by__isnull=False, issued_on__isnull=False
                )
                | ~Q(state="issued") & Q(issued_at__isnull=True, issued_by__isnull=True),
                name="directives_directive_issue_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(number=""), name="directives_directive_issued_has_number"
            ),
            models.CheckConstraint(
                condition=Q(arrival_number__isnull=True, arrived_on__isnull=True, sender="")
                | Q(direction="incoming", arrival_number__isnull=False, arrived_on__isnull=False),
                name="directives_directive_arrival_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | Q(arrival_number__isnull=True),
                name="directives_directive_registered_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(ended="") | Q(state="issued"), name="directives_directive_only_issued_end"
            ),
            models.UniqueConstraint(
                "office",
                ExtractYear("arrived_on"),
                "arrival_number",
                condition=Q(arrival_number__isnull=False),
                name="directives_directive_arrival_once_a_year",
            ),
            models.UniqueConstraint(
                "office",
                "kind",
                "number",
                "symbol",
                # What others sent bears numbers of their own registers.
                "sender",
                ExtractYear("issued_on"),
                condition=Q(state="issued"),
                name="directives_directive_number_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_number}: {self.subject}" if self.number else self.subject

    @property
    def full_number(self) -> str:
        """Number and symbol as printed: "07/TB-SGDĐT"; a blank where there is no number yet."""
        return f"{self.number or '…'}/{self.symbol}" if self.symbol else self.number

    @property
    def is_draft(self) -> bool:
        return self.state == DirectiveState.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.state == DirectiveState.ISSUED

    @property
    def is_discarded(self) -> bool:
        return self.state == DirectiveState.DISCARDED

    @property
    def is_in_force(self) -> bool:
        return self.is_issued and not self.ended

    @property
    def is_incoming(self) -> bool:
        return self.direction == Direction.INCOMING

    @property
    def is_internal(self) -> bool:
        return self.direction == Direction.INTERNAL


class TypedRegister(models.Model):
    """A register whose numbers are given elsewhere, in the province's own e-office: they are typed in here.

    Without a row the portal gives them. So each register has one source.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=DirectiveKind)
    since = models.DateTimeField(_("since"), auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("register with numbers typed in")
        verbose_name_plural = _("registers with numbers typed in")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind"], name="directives_typed_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.get_kind_display()}"


class Reference(models.Model):
    """Another document that this one cites."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="references")
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    dated = models.DateField(_("date"), null=True)
    raw = models.CharField(_("as printed"), max_length=300)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["span_start"]


class ReadTarget(models.Model):
    """A target as it was read in a document: a proposal, to be adopted among the targets by a person."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="read_targets")
    path = models.CharField(_("under"), max_length=60)
    raw = models.CharField(_("as printed"), max_length=500)
    comparator = models.CharField(_("comparator"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True)
    value_max = models.DecimalField(_("highest value"), max_digits=16, decimal_places=4, null=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("target read")
        verbose_name_plural = _("targets read")
        ordering = ["span_start"]


class NumberRegister(models.Model):
    """The numbers of an office: one row a kind and year, begun at 1 every 1 January, without gaps."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=DirectiveKind)
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number register")
        verbose_name_plural = _("number registers")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="directives_register_once")
        ]
