"""Form fields shared by all apps, on screen and in spreadsheets."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from eduportal.base.numbers import NumberProblem, format_number, parse_number, whole_number
from eduportal.base.uploads import KINDS, MAX_BYTES, UploadRefused, kind_of

# What the columns of figures hold: numeric(16, 4).
MOST_DECIMALS = 4
LARGEST = 10**12 - 1

# A day outside these is a slip of the keyboard.
EARLIEST_DAY, LATEST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class NumberField(forms.CharField):
    """A number typed the Vietnamese way; an ambiguous one is asked about.

    Gives a Decimal, or None when left empty. `decimals` says that fractions are in place. `meant_up_to`: what
    lies above is never meant here (100 of a percentage), so that it is not offered when asking.
    """

    meant_up_to: int | None = None

    def __init__(
        self, *, decimals: bool = False, min_value: int = 0, max_value: int = LARGEST, **kwargs: Any
    ):
        super().__init__(**kwargs)
        self.decimals, self.min_value, self.max_value = decimals, min_value, max_value
        self.widget.attrs.update({"inputmode": "decimal" if decimals else "numeric", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, Decimal | int) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = parse_number(text, decimals=self.decimals)
        except NumberProblem as problem:
            raise forms.ValidationError(self.explain(text, problem), code=problem.code) from problem
        self.check_bounds(number)
        return number

    def check_bounds(self, number: Decimal) -> None:
        if number < self.min_value:
            message = _("This number cannot be below %(limit)s.")
            raise forms.ValidationError(message, code="too_small", params={"limit": in_words(self.min_value)})
        if number > self.max_value:
            message = _("This number cannot be above %(limit)s. Please check it.")
            raise forms.ValidationError(message, code="too_large", params={"limit": in_words(self.max_value)})
        if number != round(number, MOST_DECIMALS):
            message = _("This number has more than %(most)s digits after the comma. Please round it.")
            raise forms.ValidationError(message, code="too_precise", params={"most": MOST_DECIMALS})

    def explain(self, text: str, problem: NumberProblem) -> str:
        """What to tell the person; readings beyond the field's bounds are not offered."""
        highest = self.max_value if self.meant_up_to is None else min(self.max_value, self.meant_up_to)
        possible = [reading for reading in problem.readings if self.min_value <= reading <= highest]
        if problem.code == "not_whole" and not possible:
            message = gettext(
                '"%(text)s" is not a whole number. Write a whole number here, for example 8.411.'
            )
        elif problem.code == "not_a_number":
            message = gettext('"%(text)s" is not a number. Write digits only, for example 8.411 or 98,5.')
        elif problem.code == "not_whole":
            message = gettext('"%(text)s" is not a whole number. If you mean %(readings)s, type it so.')
        else:
            message = gettext('"%(text)s" is not clear. Do you mean %(readings)s? Please type it so.')
        readings = gettext(" or ").join(map(format_number, possible or problem.readings))
        return message % {"text": text, "readings": readings}


def in_words(number: int) -> str:
    """A number as sentences of this language hold it; what is to be typed again is shown as it is typed."""
    return format_number(number, language=(get_language() or "vi")[:2])


class DayField(forms.DateField):
    """A day typed and shown as day/month/year, whatever the language of the browser.

    A browser's own date control shows 11/21/2026 where it is set to English, beside texts with 21/11/2026.
    Eight digits alone are taken too, since some phone keyboards for digits have no stroke.
    """

    FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d")

    def __init__(self, **kwargs: Any):
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "placeholder": _("dd/mm/yyyy"),
                "maxlength": 10,
            },
        )
        kwargs.setdefault("widget", widget)
        super().__init__(input_formats=self.FORMATS, **kwargs)
        self.error_messages["invalid"] = _("Write the day as day/month/year, for example 05/02/2026.")

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and not EARLIEST_DAY <= value <= LATEST_DAY:
            raise forms.ValidationError(_("This day cannot be right. Check the year."), code="absurd")


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their keys. A key of more digits than any has is refused like one of nothing."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if whole_number(str(key)) is None:
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class VersionField(forms.IntegerField):
    """The version of the row as it was shown; travels hidden through every editing form."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.HiddenInput, min_value=0, **kwargs)


def with_version(form: forms.BaseForm, version: int) -> None:
    """Puts the version stored now into a form that keeps what was typed: saving again is then a decision."""
    data: Any = form.data
    form.data = data.copy()
    form.data[form.add_prefix("version")] = version  # type: ignore[index]


REFUSED_UPLOADS = {
    "empty": _("“%(name)s” is empty. Choose another file."),
    "too_large": _(
        "“%(name)s” is larger than 20 MB and was not kept. Split it, or choose a smaller one; of a photo, a "
        "medium size is enough."
    ),
    "program": _(
        "“%(name)s” is a program, whatever its name says. It was not kept. Do not open it, and ask whoever "
        "gave it to you for the document itself."
    ),
    "heic": _(
        "“%(name)s” is a photo in HEIC, which other devices cannot show. It was not kept. On the iPhone, "
        "choose Settings, Camera, Formats, Most Compatible; or save the photo as JPG and choose it again."
    ),
    "unknown_kind": _(
        "“%(name)s” is no file that can be kept here. PDF, Word (.docx), Excel (.xlsx), JPG and PNG can."
    ),
    "broken": _("“%(name)s” is damaged and cannot be opened. Save it again and choose it once more."),
    "bomb": _("“%(name)s” unpacks to far more than a document holds. It was not kept."),
    "wrong_name": _(
        "“%(name)s” is named like one kind of file, but it holds another. It was not kept. Open it with the "
        "program it comes from, save it as PDF, Word (.docx) or Excel (.xlsx), and choose it again."
    ),
}


@dataclass(frozen=True)
class KeptFile:
    """A file that may be kept, as `trail.actions.store_file` takes it."""

    name: str
    content: bytes
    content_type: str


class FilesInput(forms.ClearableFileInput):
    """One control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files to keep beside a text: evidence, annexes. Gives a list of KeptFile, empty when none was chosen.

    What is refused is named; a browser cannot keep the choice, so the message asks to choose again.
    """

    MOST = 10

    def __init__(self, **kwargs: Any):
        endings = ",".join(ending for kind in KINDS for ending in kind.endings)
        kwargs.setdefault("widget", FilesInput(attrs={"accept": endings}))
        super().__init__(allow_empty_file=True, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A control left empty is no change: files are added, never edited."""
        return bool(data)

    def clean(self, data: Any, initial: Any = None) -> list[KeptFile]:
        chosen = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not chosen:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(chosen) > self.MOST:
            raise forms.ValidationError(
                _("At most %(most)s files at once. Choose again."), params={"most": self.MOST}
            )
        kept, problems = [], []
        for one in chosen:
            try:
                kept.append(kept_file(one))
            except UploadRefused as refused:
                message = REFUSED_UPLOADS[refused.code]
                problems.append(forms.ValidationError(message, code=refused.code, params={"name": one.name}))
        if problems:
            raise forms.ValidationError(problems)
        return kept


def kept_file(uploaded: Any) -> KeptFile:
    """Raises UploadRefused. A file that is too large is not read; one read before is read anew."""
    if uploaded.size > MAX_BYTES:
        raise UploadRefused("too_large")
    uploaded.seek(0)
    content = uploaded.read()
    return KeptFile(uploaded.name, content, kind_of(uploaded.name, content).content_type)
