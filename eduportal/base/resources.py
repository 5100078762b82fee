"""What every import and export of the portal has in common, on top of django-import-export.

A row of a spreadsheet goes through the form of the screen and is written by an action; everything or nothing
is taken. The library runs the rows in a transaction, apart from each other, and takes all of it back on a dry
run or when one is wrong.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

import tablib
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.sheet_fields import in_all_languages, plain
from eduportal.base.sheets import Sheet

MOST_SHOWN = 200
PROGRESS_EVERY = 20
EXPORT_PROGRESS_EVERY = 500


@dataclass(frozen=True)
class Column:
    """A column: `name` of the form's field, its heading, other headings that are understood."""

    name: str
    label: Any
    required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""

    @property
    def headings(self) -> set[str]:
        return {plain(self.name), *map(plain, self.aliases), *in_all_languages(self.label)}


@dataclass(frozen=True)
class Headings:
    """What the headings of a file are: columns by their place, and what is missing, unknown or doubled."""

    places: dict[str, int]
    missing: list[str]
    unknown: list[str]
    doubled: list[str]

    @property
    def are_right(self) -> bool:
        return not (self.missing or self.unknown or self.doubled)


@dataclass
class Outcome:
    """What a file says or did, in a form that a job can keep. Lists are cut, counts are whole."""

    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    faults: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    warned: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def says(value: Any) -> str:
    """A value of a form as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


class SheetResource(Resource):
    """Import and export of one kind of row. Subclasses say which form, how a row is found and written."""

    title: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]

    class Meta:
        use_transactions = True
        skip_diff = True
        instance_loader_class = BaseInstanceLoader  # rows are found by `find`
        import_id_fields: ClassVar[list[str]] = []

    def __init__(self, *, by: Any, progress: Callable[[int, Any], None] | None = None):
        super().__init__()
        self.by, self.progress = by, progress
        self.fields = {one.name: Field(column_name=one.name) for one in self.columns}
        self.outcome = Outcome()
        self.numbers: list[int] = []
        self.formulas: dict[int, frozenset[int]] = {}
        self.places: dict[str, int] = {}
        self.seen: dict[Any, int] = {}
        self.form: Any = None
        self.number = 0  # of the row being read, in the file

    # --- what a subclass says ------------------------------------------------------------------------------

    def find(self, row: dict[str, str]) -> Any:
        """The stored row that this row of a file speaks of, if there is one within the person's reach."""
        raise NotImplementedError

    def form_of(self, data: dict[str, str], instance: Any) -> forms.BaseForm:
        """The form of the screen, bound to the row; `initial` is what is stored."""
        raise NotImplementedError

    def key_of(self, form: Any) -> tuple[Any, ...]:
        """What identifies a row: none may stand in a file twice."""
        raise NotImplementedError

    def write(self, form: Any, instance: Any) -> None:
        """Hand the row to an action."""
        raise NotImplementedError

    def finish(self) -> Iterable[tuple[int, str, str]]:
        """After all rows: (number of the row, column, message) of what only shows when all are there."""
        return ()

    def warnings(self) -> Iterable[tuple[int, str, str]]:
        """After all rows: (number of the row, what it is about, message) of what wants a second look and
        stops nothing."""
        return ()

    def visible(self) -> Any:
        """What may be exported, as a queryset."""
        raise NotImplementedError

    def values_of(self, instance: Any) -> dict[str, Any]:
        """The stored values by column."""
        raise NotImplementedError

    def said(self, name: str, value: Any) -> str:
        """A value as it stands in a cell."""
        return says(value)

    # --- headings ------------------------------------------------------------------------------------------

    def read_headings(self, headings: list[str]) -> Headings:
        places: dict[str, int] = {}
        unknown, doubled = [], []
        for place, heading in enumerate(headings):
            if not heading:
                continue
            column = next((one for one in self.columns if plain(heading) in one.headings), None)
            if column is None:
                unknown.append(heading)
            elif column.name in places:
                doubled.append(heading)
            else:
                places[column.name] = place
        missing = [str(one.label) for one in self.columns if one.required and one.name not in places]
        return Headings(places, missing, unknown, doubled)

    # --- importing -----------------------------------------------------------------------------------------

    def run(self, sheet: Sheet, places: dict[str, int], *, dry_run: bool) -> Outcome:
        """Check the rows, or take them over: all, or none where one is wrong."""
        self.places = places
        self.numbers = [row.number for row in sheet.rows]
        self.formulas = {row.number: row.formulas for row in sheet.rows}
        dataset = tablib.Dataset(headers=list(places))
        for row in sheet.rows:
            dataset.append([row.cells[place] if place < len(row.cells) else "" for place in places.values()])
        self.outcome = Outcome(total=len(sheet.rows))
        self.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=True)
        return self.outcome

    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        """Formulas are not evaluated, so nothing is known of such a cell."""
        places = self.formulas[self.number]
        columns = [name for name, place in self.places.items() if place in places]
        if columns:
            message = _("This cell holds a formula. Copy it and paste it as a value.")
            raise ValidationError(dict.fromkeys(columns, message))

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, str]) -> tuple[Any, bool]:
        instance = self.find(row)
        return instance, instance is None

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        self.form = self.form_of(self.stored(instance) | row, instance)
        if not self.form.is_valid():
            raise ValidationError(
                {name: [str(one) for one in errors] for name, errors in self.form.errors.items()}
            )
        key = self.key_of(self.form)
        if self.seen.setdefault(key, self.number) != self.number:
            raise ValidationError(_("The same stands in row %(row)s already.") % {"row": self.seen[key]})

    def stored(self, instance: Any) -> dict[str, str]:
        """What the file does not speak of stays as it is."""
        if instance is None:
            return {}
        return {name: self.said(name, value) for name, value in self.values_of(instance).items()}

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return instance is not None and not import_validation_errors and not self.changes()

    def changes(self) -> list[tuple[str, str, str]]:
        """Column, former and new value of what the row changes."""
        before, after = self.form.initial, self.form.cleaned_data
        told = [
            (one, self.said(one.name, before.get(one.name)), self.said(one.name, after.get(one.name)))
            for one in self.columns
            if one.name in self.places
        ]
        return [(str(one.label), former, new) for one, former, new in told if former != new]

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        told = self.changes()
        try:
            self.write(self.form, instance)
        except Refused as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        except EditConflict as conflict:
            raise ValidationError(
                _("Somebody changed this a moment ago. Check the file again.")
            ) from conflict
        if len(self.outcome.rows) < MOST_SHOWN:
            self.outcome.rows.append(
                {"is_new": is_create, "changes": told, "label": self.label_of(self.form)}
            )

    def label_of(self, form: Any) -> str:
        """How the row is called in the preview."""
        return " · ".join(map(str, self.key_of(form)))

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        shown = len(self.outcome.rows)
        number = self.number = self.numbers[kwargs["row_number"] - 1]
        result = super().import_row(row, instance_loader, **kwargs)
        if result.import_type == RowResult.IMPORT_TYPE_ERROR:
            # A fault of ours, not of the file: it must not look like a wrong cell.
            raise result.errors[0].error
        if result.import_type == RowResult.IMPORT_TYPE_INVALID:
            self.note(number, result.validation_error, row)
        else:
            kinds = {"new": "new", "update": "changed", "skip": "same"}
            name = kinds[result.import_type]
            setattr(self.outcome, name, getattr(self.outcome, name) + 1)
        for one in self.outcome.rows[shown:]:
            one["number"] = number
        done = kwargs["row_number"]
        if self.progress and done % PROGRESS_EVERY == 0:
            words = _("row %(row)s of %(total)s") % {"row": done, "total": self.outcome.total}
            self.progress(100 * done // self.outcome.total, words)
        return result

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        for number, column, message in self.finish():
            error = ValidationError({column: message})
            self.note(number, error, {})
            result.append_invalid_row(number, {}, error)
        if not self.outcome.faults:
            self.warn()

    def warn(self) -> None:
        warnings = sorted(self.warnings())
        self.outcome.warned = len(warnings)
        self.outcome.warnings = [
            {"number": number, "about": about, "message": message}
            for number, about, message in warnings[:MOST_SHOWN]
        ]

    def note(self, number: int, error: ValidationError, row: dict[str, str]) -> None:
        labels = {one.name: str(one.label) for one in self.columns}
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        self.outcome.faults += 1
        for name, messages in found.items():
            if len(self.outcome.problems) < MOST_SHOWN:
                problem = {"number": number, "column": labels.get(name, ""), "text": row.get(name, "")}
                self.outcome.problems.append(problem | {"message": " ".join(messages)})

    # --- exporting -----------------------------------------------------------------------------------------

    def get_queryset(self) -> Any:
        return self.visible()

    def exported(self) -> Iterator[list[str]]:
        """The rows of a file, a thousand read at a time."""
        rows = self.visible()
        total = rows.count() if self.progress else 0
        for number, instance in enumerate(rows.iterator(chunk_size=1000), start=1):
            yield self.export_resource(instance)
            if self.progress and number % EXPORT_PROGRESS_EVERY == 0:
                words = _("row %(row)s of %(total)s") % {"row": number, "total": total}
                self.progress(min(99, 100 * number // max(total, 1)), words)

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [str(one.label) for one in self.columns]

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[str]:
        values = self.values_of(instance)
        return [self.said(one.name, values.get(one.name)) for one in self.columns]


UNREADABLE = {
    "empty": gettext_lazy("“%(name)s” is empty. Choose another file."),
    "no_rows": gettext_lazy(
        "“%(name)s” holds headings and no row beneath them. Fill in rows and choose it again."
    ),
    "too_large": gettext_lazy("“%(name)s” is larger than 20 MB. Split it."),
    "too_many_rows": gettext_lazy("“%(name)s” has more than 20,000 rows. Split it."),
    "unknown_kind": gettext_lazy(
        "“%(name)s” is no .xlsx or .csv file. Save it as one of these and choose it again."
    ),
    "broken": gettext_lazy(
        "“%(name)s” is damaged and cannot be opened. Save it again and choose it once more."
    ),
    "bomb": gettext_lazy("“%(name)s” unpacks to far more than a list holds. It was not read."),
    "encoding": gettext_lazy("“%(name)s” is in an unknown code. Save it as .xlsx, or as CSV UTF-8."),
    "legacy": gettext_lazy(
        "“%(name)s” is written in an old font code (TCVN3 or VNI). Convert it to Unicode and choose it again."
    ),
}
