"""The leader's pictures as the page draws them: words, signs and addresses to the bare counts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.labels import figure_label
from reports.queries.figures import code_of
from reports.queries.pictures import STEMS, Cell, Grid, GridRow, Pictures, Trend
from schools.models import Level, Period, Unit

# Rows of the grid on the first page; a province has some hundred communes.
FOREMOST = 20

# The standing whose sign a state of the grid is drawn with.
SIGNS = {
    "all_in_time": "done_on_time",
    "all_in": "done_late",
    "waiting": "running",
    "overdue": "overdue",
    "none": "",
}


@dataclass(frozen=True)
class Choice:
    """A figure that may be chosen."""

    code: str
    label: Any


@dataclass(frozen=True)
class Group:
    """The figures of a level."""

    label: Any
    figures: list[Choice]


@dataclass(frozen=True)
class ShownCell:
    """A cell of the grid: its sign, its counts where it is of several, and both in words."""

    state: str
    sign: str
    counts: str
    words: str
    url: str


@dataclass(frozen=True)
class ShownRow:
    name: str
    cells: list[ShownCell]


def shown_pictures(pictures: Pictures, office: Unit, *, whole_grid: bool = False) -> dict[str, Any]:
    """What the templates of the pictures need. `whole_grid`: not only the rows that lack most."""
    grid = pictures.grid if whole_grid else pictures.grid.foremost(FOREMOST)
    return {
        "trend": pictures.trend,
        "trend_label": label_of(pictures.trend) if pictures.trend else "",
        "choices": [
            Group(
                Level(level).label, [Choice(f"{level}.{stem}", figure_label(level, stem)) for stem in STEMS]
            )
            for level in pictures.levels
        ],
        "grid": grid,
        "grid_months": [f"{period.ordinal}/{period.year % 100:02d}" for period in grid.periods],
        "grid_rows": [shown_row(row, grid, office) for row in grid.rows],
        "grid_left_out": len(pictures.grid.rows) - len(grid.rows),
        "grid_total": len(pictures.grid.rows),
    }


def label_of(trend: Trend) -> str:
    """Pupils (primary)"""
    return f"{figure_label(trend.level, trend.stem)} ({Level(trend.level).label})"


def shown_row(row: GridRow, grid: Grid, office: Unit) -> ShownRow:
    cells = zip(row.cells, grid.periods, strict=True)
    return ShownRow(row.name, [shown_cell(cell, period, row, grid, office) for cell, period in cells])


def shown_cell(cell: Cell, period: Period, row: GridRow, grid: Grid, office: Unit) -> ShownCell:
    several = grid.by_office and cell.state != "none"
    return ShownCell(
        state=cell.state,
        sign=SIGNS[cell.state],
        counts=f"{cell.received}/{cell.expected}" if several else "",
        words=f"{period}: {in_words(cell)}",
        url=address(cell, period, row, grid, office),
    )


def in_words(cell: Cell) -> str:
    if cell.state == "none":
        return _("no report expected")
    words = _("%(received)s of %(expected)s in") % {"received": cell.received, "expected": cell.expected}
    if cell.late:
        words += ", " + _("%(late)s late") % {"late": cell.late}
    return words + (", " + _("%(overdue)s overdue") % {"overdue": cell.overdue} if cell.overdue else "")


def address(cell: Cell, period: Period, row: GridRow, grid: Grid, office: Unit) -> str:
    """The list behind an office's cell, or the report itself.

    The list of the acting office holds those of all offices beneath it: its own row is the part that it
    accepts itself.
    """
    if cell.first is None:
        return ""
    if not grid.by_office:
        return reverse("reports:report", args=[cell.first])
    itself = f"&accepting={office.pk}" if row.unit_id == office.pk else ""
    return f"{reverse('reports:months')}?office={row.unit_id}{itself}&period={code_of(period)}"
