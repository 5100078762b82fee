"""Who stands under whom: dated links, and the closure built from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet
from schools.models.unit import Office, School, Unit


class LinkKind(models.TextChoices):
    """Since 1 July 2025 there are two lines: one gives the letterhead and accepts, the other directs."""

    ADMINISTRATIVE = "administrative", _("administrative")
    PROFESSIONAL = "professional", _("professional")


class OfficeLink(Dated):
    """An office stands under another, in one line, for a time."""

    child = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="parent_links"
    )
    parent = models.ForeignKey(
        Office, verbose_name=_("higher office"), on_delete=models.PROTECT, related_name="child_links"
    )
    kind = models.CharField(_("line"), max_length=20, choices=LinkKind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("office link")
        verbose_name_plural = _("office links")


class Affiliation(Dated):
    """A school belongs to an office, in one line, for a time."""

    school = models.ForeignKey(
        School, verbose_name=_("school"), on_delete=models.PROTECT, related_name="affiliations"
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="affiliations"
    )
    kind = models.CharField(_("line"), max_length=20, choices=LinkKind)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")


class UnitAncestry(Dated):
    """The closure of links and affiliations: one join says who is under whom on a day.

    Every unit is its own ancestor while it exists (depth 0, both lines). Rebuilt by
    `schools.actions.rebuild_ancestry`, never edited.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="descendant_rows")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ancestor_rows")
    kind = models.CharField(_("line"), max_length=20, choices=LinkKind)
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["ancestor", "kind", "valid_from"]),
            models.Index(fields=["descendant", "kind", "valid_from"]),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "kind", "depth", "valid_from"], name="schools_ancestry_once"
            ),
        ]
