"""The month's workbook: what is in its rows, and what a filled one changes."""

import hashlib
import uuid
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.forms.dataforms import WorkbookForm
from reports.actions.fields import Edit
from reports.forms.fields import StoredPage
from reports.forms.monthly import field_of, name_of, said_before, section_title
from reports.workbook import TICK, VALUE, WORDS, Cell, Line, month_workbook
from targets.arithmetic import number_of

__all__ = ["WorkbookForm", "edits_of", "workbook_of", "wrong_cells"]

KEYS = uuid.UUID("0f7c1d7e-3a0b-4d53-9a52-6f2f1c7c9e35")
"""From which the keys of a workbook's edits are made: the same file once more changes nothing."""


def workbook_of(page: StoredPage) -> bytes:
    report = page.form.report
    return month_workbook(
        title=_("Report of %(period)s") % {"period": report.period},
        unit=report.unit.name,
        hint=_("Fill in the coloured cells, save, and send the file back on the page of the report."),
        heads=[
            _("What is reported"),
            _("Same period last year"),
            _("Period before"),
            _("This period"),
            _("Mark with x"),
            _("In words"),
        ],
        lines=[*figure_rows(page), *work_rows(page), *question_rows(page), *prose_rows(page)],
        report=report.pk,
    )


def figure_rows(page: StoredPage) -> Iterator[Line]:
    form, level = page.form, None
    for line in form.lines:
        if line.measure.level != level:
            level = line.measure.level
            yield Line(_("%(level)s: figures (x: not applicable)") % {"level": section_title(level)})
        name = name_of(line)
        names = {VALUE: name, TICK: f"{name}-na", WORDS: f"{name}-remark"}
        yield Line(
            line.measure.name,
            number_of(line.last_year),
            number_of(line.previous),
            number_of(line.figure),
            names,
            {one: page.stored[one] for one in names.values()},
            line.measure.highest,
        )


def work_rows(page: StoredPage) -> Iterator[Line]:
    work = [line for line in page.form.work if line.is_open]
    if work:
        yield Line(_("Tasks: progress in percent (x: done), what was done"))
    for line in work:
        name = f"task-{line.assignment.pk}"
        names = {VALUE: f"{name}-percent", TICK: f"{name}-done", WORDS: f"{name}-note"}
        label = f"{line.assignment.task.text} ({line.assignment.task.directive.full_number})"
        seen = {one: page.stored[one] for one in names.values()}
        yield Line(label, None, None, said_before(line)[0], names, seen, 100)


def question_rows(page: StoredPage) -> Iterator[Line]:
    """Each question; one that offers answers names them."""
    for line in page.form.questions:
        name, offered = field_of(line), line.question.answers_offered
        label = f"{line.question.text} ({' / '.join(offered)})" if offered else line.question.text
        yield Line(label, names={WORDS: name}, seen={name: page.stored[name]})


def prose_rows(page: StoredPage) -> Iterator[Line]:
    for name in ("difficulties", "proposals"):
        yield Line(str(page.form[name].label), names={WORDS: name}, seen={name: page.stored[name]})


def edits_of(cells: list[Cell], page: StoredPage, content: bytes) -> dict[uuid.UUID, tuple[Cell, Edit]]:
    """What a filled workbook changes, by key: what differs from what stood there when it was written."""
    digest = hashlib.sha256(content).hexdigest()
    found = {}
    for cell in cells:
        if cell.name not in page.stored or says_the_same(cell, page):
            continue
        key = uuid.uuid5(KEYS, f"{page.form.report.pk}:{digest}:{cell.name}")
        found[key] = (cell, Edit(key, cell.name, cell.text, cell.seen))
    return found


def says_the_same(cell: Cell, page: StoredPage) -> bool:
    """Untouched: spreadsheets write 8.411 as 8411, and trim what a text ends with."""
    return page.is_same(cell.name, cell.text, cell.seen) or cell.text.split() == cell.seen.split()


def wrong_cells(found: dict[uuid.UUID, tuple[Cell, Edit]], page: StoredPage) -> list[str]:
    """Each mistake with the cell it is in: "D7, Số lớp: …"."""
    wrong = page.judged([edit for _cell, edit in found.values()]).wrong
    return [
        f"{found[key][0].place}, {page.form.fields[found[key][0].name].label}: {words}"
        for key, told in wrong.items()
        for words in told
    ]
