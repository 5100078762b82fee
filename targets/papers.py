"""The board of targets as an annex, for Word. In the language that is active; papers ask for Vietnamese."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from directives.writing.document import Annex, Table

if TYPE_CHECKING:
    from targets.views.board import ShownRow


def board_annex(title: str, rows: Iterable["ShownRow"]) -> Annex:
    """A row for each target, as on the board; of what the PDF draws the figures only."""
    head = (_("Indicator"), _("Value"), _("Target"), _("Gap"), _("Standing"))
    return Annex("", title, (Table(head, tuple(map(cells_of, rows)), texts=(2, 3, 4)),), wide=True)


def cells_of(shown: "ShownRow") -> tuple[str, ...]:
    provisional = _("provisional")
    return (
        subject_of(shown),
        f"{shown.value} ({provisional})" if shown.row.value.provisional else shown.value,
        shown.wanted,
        shown.gap or "–",
        f"{shown.standing[:1].upper()}{shown.standing[1:]}. {shown.reason}",
    )


def subject_of(shown: "ShownRow") -> str:
    """The indicator, of what it is a part, and which document set it."""
    target = shown.row.target
    said = [str(target.subject)]
    if target.within:
        said.append(_("of these: %(whole)s") % {"whole": target.within.subject})
    if target.directive:
        said.append(_("set by %(number)s") % {"number": target.directive.full_number})
    return "; ".join(said)
