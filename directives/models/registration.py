"""What comes in: the register of arrivals, and what was said on it about who handles it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from schools.models import Office, Unit


class ArrivalRegister(models.Model):
    """The arrival numbers of an office (Nghị định 30/2020, điều 22): without gaps, from 1 every 1 January."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("register of incoming documents")
        verbose_name_plural = _("registers of incoming documents")
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="directives_arrivals_once")]


class Instruction(models.Model):
    """Who handles an incoming document, until when and how (bút phê). The newest counts; others stay."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="instructions")
    unit = models.ForeignKey(
        Unit, verbose_name=_("who handles it"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(_("instruction"), max_length=1000)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        ordering = ["-given_at", "-pk"]
