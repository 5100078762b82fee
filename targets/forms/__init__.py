"""Forms of targets: what a person typed, checked."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import NumberField, VersionField
from schools.models import Level, Period, PeriodKind, Unit
from schools.periods import school_year_of
from targets.actions import Goal
from targets.models import Comparator, Indicator, Pledge, SchoolGroup, Target
from targets.models.target import AGAINST_BASELINE, TargetQuerySet
from targets.wording import wanted_words

YEARS_BACK, YEARS_AHEAD = 3, 2


def code_of(period: Period) -> str:
    """A period as forms and addresses write it: school_year-2026-1."""
    return f"{period.kind}-{period.year}-{period.ordinal}"


def periods_around(today: dt.date) -> list[Period]:
    """School years, calendar years and terms about a day, stored or not: the nearest to come last."""
    school_year = school_year_of(today, settings.MONTH_STARTS_ON)
    around = range(-YEARS_BACK, YEARS_AHEAD + 1)
    years = [Period(kind=PeriodKind.SCHOOL_YEAR, year=school_year + n, ordinal=1) for n in around]
    calendar = [Period(kind=PeriodKind.CALENDAR_YEAR, year=today.year + n, ordinal=1) for n in around]
    terms = [
        Period(kind=PeriodKind.TERM, year=school_year + n, ordinal=term)
        for n in (-1, 0, 1)
        for term in (1, 2)
    ]
    return [*years, *calendar, *terms]


def usual_code(today: dt.date) -> str:
    """The school year of a day: what most targets are set for."""
    year = school_year_of(today, settings.MONTH_STARTS_ON)
    return code_of(Period(kind=PeriodKind.SCHOOL_YEAR, year=year, ordinal=1))


class PeriodField(forms.ChoiceField):
    """A year or term about a day, as its code; the period itself is made when the target is set."""

    def __init__(self, *, empty: Any = "", **kwargs: Any):
        super().__init__(**kwargs)
        self.empty = empty

    def about(self, today: dt.date) -> None:
        """Offer the years and terms about a day."""
        groups = groupby(periods_around(today), key=lambda period: period.kind)
        self.choices = [("", self.empty), *((PeriodKind(kind).label, pairs(group)) for kind, group in groups)]


def pairs(periods: Iterator[Period]) -> list[tuple[str, str]]:
    return [(code_of(period), str(period)) for period in periods]


def period_meant(code: str) -> Period:
    """The period that a code names, stored or not: a form makes none, the action does."""
    kind, year, ordinal = code.split("-")
    return Period(kind=PeriodKind(kind), year=int(year), ordinal=int(ordinal))


class IndicatorField(forms.ModelChoiceField):
    """An indicator by its name, in the order of lists, under the level that it is of."""

    def label_from_instance(self, indicator: Any) -> str:
        return indicator.name

    def by_level(self, indicators: QuerySet[Indicator]) -> None:
        """Offer these."""
        self.queryset = indicators
        rows = list(indicators)
        groups: list[tuple[str, list[tuple[Any, str]]]] = []
        for level, label in [("", _("all levels")), *Level.choices]:
            options = [(one.pk, one.name) for one in rows if one.level == level]
            if options:
                groups.append((str(label), options))
        self.widget.choices = [("", _("choose")), *groups]


class GroupField(forms.ModelChoiceField):
    def label_from_instance(self, group: Any) -> str:
        return group.name


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return unit.name


class WholeField(forms.ModelChoiceField):
    """The target of which one says a part: "trong đó"."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            queryset=Target.objects.none(),
            required=False,
            label=gettext_lazy("Part of the target"),
            empty_label=gettext_lazy("of none"),
            help_text=gettext_lazy("Where the document says “of these”: parts are held against their whole."),
            **kwargs,
        )

    def label_from_instance(self, target: Any) -> str:
        return f"{target.subject}: {wanted_words(target, target.indicator)}"


class AskedWhenBeyond(forms.Form):
    """What may let the parts of a target go beyond it is asked about, and saved if somebody says so."""

    although_beyond = forms.BooleanField(
        label=gettext_lazy("Save it although the parts go beyond the whole"), required=False
    )

    def ask_beyond(self, words: str) -> None:
        self.add_error("although_beyond", words)

    @property
    def asks_beyond(self) -> bool:
        """Whether it is asked: the field is to be seen only then."""
        return "although_beyond" in self.errors or bool(self["although_beyond"].value())


class GoalForm(forms.Form):
    """What is to be reached."""

    use_required_attribute = False
    comparator = forms.ChoiceField(label=gettext_lazy("To be"), choices=Comparator.choices)
    value = NumberField(label=gettext_lazy("Value"), decimals=True)
    value_max = NumberField(
        label=gettext_lazy("Highest value"),
        help_text=gettext_lazy("Only for a range."),
        decimals=True,
        required=False,
    )
    baseline_value = NumberField(
        label=gettext_lazy("Value to start from"),
        help_text=gettext_lazy("Only for “up by” and “down by”."),
        decimals=True,
        required=False,
    )
    baseline_period = PeriodField(label=gettext_lazy("of the period"), empty="–", required=False)
    in_percent = forms.BooleanField(
        label=gettext_lazy("Counted in percent of the start"),
        help_text=gettext_lazy("Otherwise in the indicator's own unit; of a rate in percentage points."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["baseline_period"].about(today)  # type: ignore[attr-defined]

    @property
    def needs_more(self) -> bool:
        """Whether the fields that most targets do without are to be seen at once."""
        names = ("value_max", "baseline_value", "baseline_period", "in_percent")
        chosen = self["comparator"].value()
        return chosen in (Comparator.BETWEEN, *AGAINST_BASELINE) or any(self[name].errors for name in names)

    def counted(self) -> Indicator | None:
        """What the numbers are of."""
        return self.cleaned_data.get("indicator")

    def full_clean(self) -> None:
        """A rate is at most 100: "98.5" means 98,5 there, and 985 is not offered."""
        if self.is_bound and self.is_of_rate():
            for name in ("value", "value_max", "baseline_value"):
                self.fields[name].meant_up_to = 100  # type: ignore[attr-defined]
        super().full_clean()

    def is_of_rate(self) -> bool:
        """Whether the numbers are of a rate, before anything is read. One query at most."""
        chosen = self["indicator"].data
        try:
            return self.fields["indicator"].clean(chosen).is_rate
        except forms.ValidationError:
            return False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        comparator = data.get("comparator")
        if comparator == Comparator.BETWEEN:
            self.check_range(data)
        elif data.get("value_max") is not None:
            self.add_error(
                "value_max", _("A highest value belongs to a range only. Empty it, or choose “between”.")
            )
        if comparator in AGAINST_BASELINE:
            for name in ("baseline_value", "baseline_period"):
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(
                        name, _("“Up by” and “down by” need a value to start from and its period.")
                    )
        self.check_kind(data)
        return data

    def check_range(self, data: dict[str, Any]) -> None:
        low, high = data.get("value"), data.get("value_max")
        if high is None and "value_max" not in self.errors:
            self.add_error("value_max", _("A range needs its highest value as well."))
        elif low is not None and high is not None and high <= low:
            self.add_error("value_max", _("The highest value of a range must be above its lowest."))

    def check_kind(self, data: dict[str, Any]) -> None:
        """A percentage is at most 100, a count is whole."""
        indicator = self.counted()
        if indicator is None:
            return
        for name in ("value", "value_max", "baseline_value"):
            number = data.get(name)
            if number is None or (name == "value" and data.get("in_percent")):
                continue
            if indicator.is_rate and number > 100:
                self.add_error(name, _("This is a percentage: it cannot be above 100."))
            elif not indicator.is_rate and number != number.to_integral_value():
                self.add_error(name, _("This counts whole things: write a whole number."))

    def goal(self) -> Goal:
        """What was typed, as the action takes it. What does not belong to the comparator is left out."""
        data = self.cleaned_data
        against = data["comparator"] in AGAINST_BASELINE
        return Goal(
            comparator=data["comparator"],
            value=data["value"],
            value_max=data["value_max"],
            baseline_value=data["baseline_value"] if against else None,
            baseline_period=period_meant(data["baseline_period"]) if against else None,
            in_percent=against and data["in_percent"],
        )


class TargetForm(AskedWhenBeyond, GoalForm):
    """A new target: whose, on what, for when, and what is to be reached."""

    unit = UnitField(label=gettext_lazy("Unit"), queryset=Unit.objects.none(), empty_label=None)
    indicator = IndicatorField(label=gettext_lazy("Indicator"), queryset=Indicator.objects.none())
    period = PeriodField(label=gettext_lazy("Period"), empty=gettext_lazy("choose"))
    group = GroupField(
        label=gettext_lazy("Of which schools"),
        queryset=SchoolGroup.objects.none(),
        required=False,
        empty_label=gettext_lazy("all schools of the unit"),
        help_text=gettext_lazy("Choose a group only where the target speaks of some schools of an office."),
    )
    within = WholeField()
    field_order = ["unit", "indicator", "period", "group", "within"]

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit],
        indicators: QuerySet[Indicator],
        wholes: TargetQuerySet,
        today: dt.date,
        **kwargs: Any,
    ):
        super().__init__(*args, today=today, **kwargs)
        self.fields["within"].queryset = wholes  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["indicator"].by_level(indicators)  # type: ignore[attr-defined]
        self.fields["group"].queryset = SchoolGroup.objects.on(today)  # type: ignore[attr-defined]
        self.fields["period"].about(today)  # type: ignore[attr-defined]

    def target(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return {
            "unit": data["unit"],
            "indicator": data["indicator"],
            "period": period_meant(data["period"]),
            "group": data["group"],
            "within": data["within"],
            "although_beyond": data["although_beyond"],
            "goal": self.goal(),
            "note": data["note"],
        }


class ReviseForm(AskedWhenBeyond, GoalForm):
    """Another goal for a target that is there, with the reason for it."""

    version = VersionField()
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy("Kept with the former value in the history."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, target: Target, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.target = target

    def counted(self) -> Indicator | None:
        return self.target.indicator

    def is_of_rate(self) -> bool:
        return self.target.indicator.is_rate

    def differences(self, stored: Target) -> Iterator[dict[str, Any]]:
        """What was typed beside what is stored now, where they differ."""
        goal = self.goal()
        rows = [
            (
                _("To be reached"),
                wanted_words(stored, stored.indicator),
                wanted_words(goal, stored.indicator),
            ),
            (self["note"].label, stored.note or "–", self.cleaned_data["note"] or "–"),
        ]
        for label, old, new in rows:
            if old != new:
                yield {"label": label, "stored": old, "yours": new}


class PlaceForm(AskedWhenBeyond):
    """Of which target one that is there is a part."""

    use_required_attribute = False
    version = VersionField()
    within = WholeField()

    def __init__(self, data: Any = None, *, target: Target, wholes: list[Target]):
        shown = {"version": target.version, "within": target.within_id}
        super().__init__(data, initial=shown, prefix="place")
        field = self.fields["within"]
        field.queryset = Target.objects.filter(pk__in=[one.pk for one in wholes]).shown()  # type: ignore[attr-defined]


class ExistingForm(forms.Form):
    """What is to become of a target that is there already, where a sentence sets one for the same."""

    KEEP, REVISE = "keep", "revise"
    use_required_attribute = False
    choice = forms.ChoiceField(label=gettext_lazy("What is to be done"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy("Only if it is changed. Kept with the former value in the history."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    target = forms.IntegerField(widget=forms.HiddenInput)
    version = VersionField()

    def __init__(self, data: Any, *, existing: Target, may_revise: bool):
        shown = {"target": existing.pk, "version": existing.version}
        super().__init__(data, initial=shown, prefix="existing")
        self.existing = existing
        choices = [(self.KEEP, _("Keep it as it is, and link it to this sentence"))]
        if may_revise:
            choices.append((self.REVISE, _("Change it to what is proposed; its former value is kept")))
        else:
            del self.fields["reason"]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    def clean_target(self) -> int:
        if self.cleaned_data["target"] != self.existing.pk:
            raise forms.ValidationError(_("Another target is meant now. Look at it, and choose again."))
        return self.existing.pk

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") == self.REVISE and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why the target is changed."))
        return data


class RemoveForm(forms.Form):
    """Why a target is taken away."""

    use_required_attribute = False
    version = VersionField()
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


def goal_initial(target: Target | Pledge) -> dict[str, Any]:
    """The values of a form that changes what is stored."""
    return {
        "version": target.version,
        "comparator": target.comparator,
        "value": shown(target.value),
        "value_max": shown(target.value_max),
        "baseline_value": shown(target.baseline_value),
        "baseline_period": code_of(target.baseline_period) if target.baseline_period else "",
        "in_percent": target.in_percent,
        "note": target.note,
    }


def shown(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value
