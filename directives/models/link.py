"""What one document does to another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive


class LinkKind(models.TextChoices):
    AMENDS = "amends", _("amend or supplement it")
    REPLACES = "replaces", _("replace it")
    WITHDRAWS = "withdraws", _("withdraw it")


class DirectiveLink(models.Model):
    """An issued document amended or replaced by another, or withdrawn without one.

    It takes effect when the newer document is issued: `effective_at` is empty until then.
    """

    older = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="links_to_newer")
    newer = models.ForeignKey(Directive, null=True, on_delete=models.PROTECT, related_name="links_to_older")
    kind = models.CharField(_("what happens to it"), max_length=10, choices=LinkKind)
    reason = models.CharField(_("reason"), max_length=1000)
    made_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField(_("in effect since"), null=True)

    class Meta:
        verbose_name = _("link between documents")
        verbose_name_plural = _("links between documents")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdraws", newer__isnull=True)
                | ~Q(kind="withdraws") & Q(newer__isnull=False),
                name="directives_link_is_whole",
            ),
            models.CheckConstraint(condition=~Q(newer=F("older")), name="directives_link_to_another"),
            models.UniqueConstraint(fields=["older", "newer"], name="directives_link_once"),
            models.UniqueConstraint(
                fields=["older"], condition=Q(kind="withdraws"), name="directives_link_withdrawn_once"
            ),
        ]
