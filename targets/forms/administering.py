"""What administrators enter: a figure as it stands in a spreadsheet, and the catalogue of what is counted."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eduportal.base.forms import DayField, NumberField, VersionField
from eduportal.base.sheet_fields import in_all_languages, plain
from eduportal.base.text import nfc
from schools.forms import UnitByCode
from schools.models import Period, PeriodKind
from schools.queries.administering import units_administered
from targets.arithmetic import NOT_APPLICABLE, Figure
from targets.models import Indicator, Measure
from targets.queries import measures_for

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
            self.add_error("measure", _("This unit does not report this measure in this month."))
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

    FIXED = ("stem", "level", "is_stock", "valid_from")

    stem = forms.SlugField(
        label=_("What, as a code"), max_length=30, help_text=_("Latin letters, for example pupils.")
    )
    highest = NumberField(label=_("highest plausible value in one unit"), max_value=10_000_000)
    position = NumberField(label=_("place on the form"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = Measure
        fields = (
            "stem", "level", "name_vi", "name_en", "is_stock", "carries_over", "at_most", "highest",
            "position", "valid_from",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # What schools count has a level; what communes count comes with the portal.
        self.fields["level"].required = self.instance.pk is None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        code = f"{data.get('level')}.{data.get('stem')}"
        if self.instance.pk is None and Measure.objects.filter(code=code).exists():
            self.add_error("stem", _("This level has such a measure already."))
        if (limit := data.get("at_most")) and limit.level != data.get("level"):
            self.add_error("at_most", _("Choose a measure of the same level."))
        return data


class IndicatorForm(CatalogueForm):
    """What targets are set on. How it is counted is fixed; its words, source and end can be mended."""

    wordings = forms.CharField(
        label=_("Other wordings"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("As documents word it, in Vietnamese. One a line."),
    )
    position = NumberField(label=_("Place in lists"), max_value=30_000)

    class Meta:
        model = Indicator
        fields = ("name_vi", "name_en", "definition_vi", "definition_en", "source", "direction", "position")
        labels = {"direction": _("Which way is better")}
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("definition_vi", "definition_en")}

    def __init__(self, *args: Any, **kwargs: Any):
        row = kwargs.get("instance")
        shown = {"wordings": "\n".join(row.synonyms) if row else ""}
        super().__init__(*args, **kwargs | {"initial": shown | kwargs.get("initial", {})})

    def entered(self) -> dict[str, Any]:
        columns = super().entered()
        lines = (" ".join(nfc(line).split()) for line in columns.pop("wordings").splitlines())
        return columns | {"synonyms": [line for line in lines if line]}
