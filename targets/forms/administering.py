"""What administrators enter: a figure as it stands in a spreadsheet, and the catalogue of what is counted."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from eduportal.base.forms import DayField, NumberField, VersionField
from eduportal.base.sheet_fields import in_all_languages, plain
from eduportal.base.text import nfc
from schools.forms import UnitByCode
from schools.models import Period, PeriodKind
from schools.queries.administering import units_administered
from targets.actions.measures import code_of_indicator
from targets.arithmetic import NOT_APPLICABLE, Figure
from targets.forms.asking import MonthsField, refuse_months_of_others
from targets.formula import Counts, Fault, Formula, FormulaError, check, level_in_common, parsed
from targets.models import Indicator, Measure, QualityRule, Reporter, SchoolGroup
from targets.quality import Check
from targets.queries import measures_for

AS_A_CODE = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Small Latin letters without marks, digits and _ only, a letter first.")
)
MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/-]\s*(\d{4})", re.IGNORECASE)


class MonthField(forms.CharField):
    """A month of figures as "11/2026". Gives its period; one that was never opened here is refused."""

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        match = MONTH.fullmatch(text)
        # A cell that a spreadsheet took for a date holds the first of the month.
        if match is None and (day := re.fullmatch(r"01/(\d{2}/\d{4})", text)):
            match = MONTH.fullmatch(day[1])
        if match is None:
            raise forms.ValidationError(_("Write the month as month/year, for example 11/2026."))
        month, year = int(match[1]), int(match[2])
        period = Period.objects.filter(kind=PeriodKind.MONTH, year=year, ordinal=month).first()
        if period is None:
            raise forms.ValidationError(_("There is no such month in the portal."))
        return period


class MeasureField(forms.CharField):
    """A measure by its code, or by its name with its level: "Số học sinh (tiểu học)"."""

    def to_python(self, value: Any) -> Measure | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        for measure in Measure.objects.all():
            if text == measure.code or plain(text) in names_of(measure):
                return measure
        raise forms.ValidationError(_("“%(text)s” is no measure."), params={"text": text})


def names_of(measure: Measure) -> set[str]:
    levels = in_all_languages(measure.get_level_display())
    levels |= {plain(str(measure.level))}
    return {f"{plain(name)} {level}" for name in (measure.name_vi, measure.name_en) for level in levels}


class ObservationForm(forms.Form):
    unit = UnitByCode(label=_("Unit"))
    period = MonthField(label=_("Month"))
    measure = MeasureField(label=_("Measure"))
    value = forms.CharField(label=_("Value"), required=False, max_length=60)
    remark = forms.CharField(label=_("Explanation"), required=False, max_length=300)

    def __init__(self, *args: Any, by: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_administered(by)  # type: ignore[attr-defined]

    def clean_remark(self) -> str:
        return " ".join(nfc(self.cleaned_data["remark"]).split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        unit, period, measure = data.get("unit"), data.get("period"), data.get("measure")
        if measure:
            try:
                data["value"] = figure_typed(data.get("value", ""), measure)
            except forms.ValidationError as problem:
                self.add_error("value", problem)
        if unit and period and measure and measure not in measures_for(unit, period):
            self.add_error("measure", _("This unit does not report this measure in this period."))
        return data


def figure_typed(text: str, measure: Measure) -> Figure:
    """A number typed our way, "không áp dụng", or nothing: three different things."""
    if plain(text) in in_all_languages(_("not applicable")) | {"n a", "na", "kad"}:
        return NOT_APPLICABLE
    number: Decimal | None = NumberField(max_value=measure.highest, required=False).clean(text)
    return number


class CatalogueForm(forms.ModelForm):
    """A row of the catalogue, as of its version; once it is there, what it means cannot be changed."""

    by: Any = None
    FIXED: tuple[str, ...] = ()

    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Filled in, it is not used any more after this day. All figures and targets stay."),
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        row = kwargs.get("instance")
        last = row.valid_to - dt.timedelta(days=1) if row and row.valid_to else None
        shown = {"last_day": last, "version": row.version if row else None}
        super().__init__(*args, **kwargs | {"initial": shown | kwargs.get("initial", {})})
        if self.instance.pk:
            for name in self.FIXED:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from") or self.instance.valid_from, data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return data

    def _post_clean(self) -> None:
        """The row stays as it is stored: actions write."""

    def entered(self) -> dict[str, Any]:
        """What was entered, as the actions take it: without what is fixed of a row that is there."""
        fixed = self.FIXED if self.instance.pk else ()
        left_out = {*fixed, "last_day", "version"}
        last = self.cleaned_data["last_day"]
        columns = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return columns | {"valid_to": last + dt.timedelta(days=1) if last else None}


class MeasureForm(CatalogueForm):
    """What is counted. Once figures stand on a measure, its names, place, bounds and end can be mended."""

    FIXED = ("stem", "level", "counts", "is_stock", "asked_every", "asked_in", "valid_from")

    asked_in = MonthsField()
    stem = forms.CharField(
        label=_("What, as a code"),
        max_length=30,
        validators=[AS_A_CODE],
        help_text=_("Latin letters, for example pupils."),
    )
    highest = NumberField(label=_("highest plausible value in one unit"), max_value=10_000_000)
    position = NumberField(label=_("place on the form"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = Measure
        fields = (
            "stem", "level", "counts", "name_vi", "name_en", "is_stock", "asked_every", "asked_in",
            "carries_over", "at_most", "highest", "section", "position", "valid_from",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # What schools count has a level; what communes count comes with the portal.
        self.fields["level"].required = self.instance.pk is None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        refuse_months_of_others(self, data)
        code = f"{data.get('level')}.{data.get('stem')}"
        if self.instance.pk is None and Measure.objects.filter(code=code).exists():
            self.add_error("stem", _("This level has such a measure already."))
        if (limit := data.get("at_most")) and limit.level != data.get("level"):
            self.add_error("at_most", _("Choose a measure of the same level."))
        return data


FAULTS = {
    Fault.EMPTY: _("Write the measures it is made of, for example primary.attending / primary.pupils."),
    Fault.NOT_READ: _(
        "“%(what)s” (character %(place)s) cannot stand there. Write sums of measures, and at most one line: "
        "(a + b) / (c + d)."
    ),
    Fault.NOT_ENDED: _("The formula breaks off. Something is missing at its end."),
    Fault.UNKNOWN: _("“%(what)s” is no measure. Take the code from the table of measures."),
    Fault.TWICE: _("“%(what)s” stands twice in the formula."),
    Fault.UNLIKE: _("%(what)s do not count the same thing and cannot be added up."),
    Fault.NO_RATE: _("What is above the line and below it must count the same thing, for a rate in percent."),
    Fault.TILTED: _(
        "%(what)s: of a rate, one measure of each level on a side. A school that gave only one of two would "
        "tilt it."
    ),
    Fault.NEVER: _("%(what)s are never asked for in the same report, so there would never be a value."),
    Fault.NO_SHARE: _(
        "share(…) is of what is answered with yes (1) or no (0), and that is not divided otherwise."
    ),
}


def measures_in_use() -> dict[str, Counts]:
    """The measures of which nobody has said that they end, by code, as a formula is checked. One query."""
    return {
        one.code: Counts(
            one.counts,
            one.stem,
            one.level,
            one.reporter,
            one.askings,
        )
        for one in Measure.objects.filter(valid_to__isnull=True)
    }


def checked(text: str, measures: dict[str, Counts]) -> Formula:
    """A formula as it is typed. Raises ValidationError, which names the place of the fault."""
    try:
        formula = parsed(text)
        check(formula, measures)
    except FormulaError as error:
        words = FAULTS[error.fault]
        raise forms.ValidationError(words, params={"what": error.what, "place": error.place}) from error
    return formula


class FormulaField(forms.CharField):
    """Sums of measures, and at most one line. `more` is said after how it is written."""

    HOW = _(
        "Measures by their codes: primary.pupils + lower_secondary.pupils, or one sum over another: "
        "primary.attending / primary.pupils. Of what is answered with yes or no: "
        "share(primary.two_sessions). "
        "A unit counts only with both parts of a rate; where nothing is below the line there is no "
        "value."
    )

    def __init__(self, more: Promise | str = "") -> None:
        super().__init__(
            label=_("Formula"),
            max_length=1000,
            widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
            help_text=format_lazy("{} {}", self.HOW, more) if more else self.HOW,
        )


class TryForm(forms.Form):
    """A formula to be looked at before it is defined."""

    use_required_attribute = False
    formula = FormulaField()

    def clean_formula(self) -> Formula:
        return checked(self.cleaned_data["formula"], measures_in_use())


class LinesField(forms.CharField):
    """Texts, one a line; gives a list."""

    def __init__(self, label: Any, help_text: Any) -> None:
        super().__init__(
            label=label,
            max_length=2000,
            required=False,
            widget=forms.Textarea({"rows": 4}),
            help_text=help_text,
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(nfc(line).split()) for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class WordingsField(LinesField):
    """How documents word something."""

    def __init__(self) -> None:
        super().__init__(_("Other wordings"), _("As documents word it, in Vietnamese. One a line."))


class IndicatorForm(CatalogueForm):
    """What targets are set on. Once it is there its formula is fixed; its words and its end can be mended."""

    FIXED = ("stem", "formula", "valid_from")
    measures: dict[str, Counts]

    stem = forms.CharField(
        label=_("Short name, as a code"),
        max_length=40,
        validators=[AS_A_CODE],
        help_text=_("Latin letters, for example attendance_rate. The level is put before it."),
    )
    formula = FormulaField(_("The catalogue of indicators lets you try a formula out first."))
    wordings = WordingsField()
    position = NumberField(label=_("Place in lists"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = Indicator
        fields = (
            "name_vi", "name_en", "definition_vi", "definition_en", "source", "direction", "position",
            "valid_from",
        )  # fmt: skip
        labels = {"direction": _("Which way is better")}
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("definition_vi", "definition_en")}

    def __init__(self, *args: Any, **kwargs: Any):
        row = kwargs.get("instance")
        shown: dict[str, Any] = {"wordings": row.synonyms if row else []}
        if row and row.pk:
            shown |= {"stem": row.code.partition(".")[2], "formula": row.formula or ""}
        super().__init__(*args, **kwargs | {"initial": shown | kwargs.get("initial", {})})
        if row and row.pk:
            self.fields["formula"].required = False  # of the register there is none

    def clean_formula(self) -> Formula | None:
        if self.instance.pk:
            return None
        self.measures = measures_in_use()
        return checked(self.cleaned_data["formula"], self.measures)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        formula, stem = data.get("formula"), data.get("stem")
        if formula and stem:
            code = code_of_indicator(level_in_common(self.measures[one].level for one in formula.codes), stem)
            if Indicator.objects.filter(code=code).exists():
                self.add_error("stem", _("There is such an indicator already: %s.") % code)
        return data

    def entered(self) -> dict[str, Any]:
        columns = super().entered()
        return columns | {"synonyms": columns.pop("wordings")}


class GroupForm(CatalogueForm):
    """Schools that a target may speak of alone. Of one that is there, only words and end can be mended."""

    FIXED = ("code", "standard_level", "is_public", "stem", "valid_from")

    code = forms.CharField(
        label=_("Short name, as a code"),
        max_length=60,
        validators=[AS_A_CODE],
        help_text=_("Latin letters, for example standard_2."),
    )
    standard_level = forms.TypedChoiceField(
        label=_("at least of standard level"),
        choices=[("", _("not asked")), ("1", "1"), ("2", "2")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_public = forms.NullBooleanField(label=_("public"), required=False)
    stem = forms.ChoiceField(
        label=_("figure that it reports"),
        required=False,
        help_text=_("Its newest figure of a year is above zero."),
    )
    wordings = WordingsField()
    position = NumberField(label=_("Place in lists"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = SchoolGroup
        fields = (
            "code", "name_vi", "name_en", "standard_level", "is_public", "stem", "position", "valid_from",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        row = kwargs.get("instance")
        shown: dict[str, Any] = {"wordings": row.synonyms if row else []}
        super().__init__(*args, **kwargs | {"initial": shown | kwargs.get("initial", {})})
        self.fields["stem"].choices = [("", _("not asked")), *stems_of_schools()]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.instance.pk is None and SchoolGroup.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is such a group already."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        asked = (data.get("standard_level"), data.get("is_public"), data.get("stem") or None)
        if self.instance.pk is None and all(one is None for one in asked):
            words = _(
                "Say which schools: by the standard, by who runs them, or by a figure that they report."
            )
            raise forms.ValidationError(words)
        return data

    def entered(self) -> dict[str, Any]:
        columns = super().entered()
        return columns | {"synonyms": columns.pop("wordings")}


def stems_of_schools() -> list[tuple[str, str]]:
    """What schools report, whatever the level, with the name at the first level that does. One query."""
    found: dict[str, str] = {}
    for one in Measure.objects.filter(reporter=Reporter.SCHOOL):
        found.setdefault(one.stem, one.name)
    return list(found.items())


class QualityRuleForm(CatalogueForm):
    """The bounds of a doubt, how serious it is, and when it ends."""

    least = NumberField(label=_("lowest"), max_value=1_000, decimals=True, required=False)
    most = NumberField(
        label=_("highest"),
        max_value=1_000,
        decimals=True,
        required=False,
        help_text=_("Of a jump: the largest change as a part of last month's, 0,2 is a fifth."),
    )

    class Meta:
        model = QualityRule
        fields = ("name_vi", "name_en", "least", "most", "is_serious")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The highest is below the lowest."))
        needed = {Check.RATIO: (least, most), Check.JUMP: (most,)}.get(self.instance.looks_at, (0,))
        if all(bound is None for bound in needed):
            self.add_error(
                "most", _("Without a bound nothing can be doubted. Fill one in, or give a last day.")
            )
        return data
