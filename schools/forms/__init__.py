"""Offices, schools and postings: the same fields on the screen and in a row of a spreadsheet."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from eduportal.base.forms import DayField, VersionField
from eduportal.base.sheet_fields import NamedChoiceField, NamedChoicesField, YesNoField
from eduportal.base.text import nfc
from schools.actions.entering import OfficeEntry, SchoolEntry
from schools.models import Letterhead, Level, LinkKind, Office, School, Unit, UnitKind
from schools.queries.administering import (
    offices_administered,
    oversees_installation,
    units_administered,
)
from schools.reorganisation import left_open


class UnitByCode(forms.ModelChoiceField):
    """A unit, chosen from a list or given by its code."""

    def __init__(self, *, queryset: Any = None, **kwargs: Any):
        none = Unit.objects.none() if queryset is None else queryset
        super().__init__(queryset=none, to_field_name="code", **kwargs)
        self.error_messages["invalid_choice"] = _("No unit that you look after has the code “%(value)s”.")

    @property
    def empty_label(self) -> Any:
        """What stands there while nothing is chosen; forms decide late whether something must be."""
        return _("choose") if self.required else _("(none)")

    @empty_label.setter
    def empty_label(self, words: Any) -> None:
        """Django sets one that says nothing."""

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.name} ({unit.code})"

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip() if isinstance(value, str) else value)


def day_within(unit: Unit, today: dt.date) -> dt.date:
    """Today, or the nearest day on which the unit exists."""
    latest = unit.valid_to - dt.timedelta(days=1) if unit.valid_to else today
    return max(unit.valid_from, min(today, latest))


def office_of(unit: Any, line: str, day: dt.date) -> Office | None:
    """The office that a unit stands under in one line on a day. No query where its links are prefetched."""
    links = unit.affiliations.all() if unit.is_school else unit.parent_links.all()
    held = [one for one in links if one.kind == line and one.is_in_force(day)]
    return None if not held else held[0].office if unit.is_school else held[0].parent


class UnitForm(forms.ModelForm):
    """What offices and schools have in common. `by` is the administrator's posting; actions write."""

    by: Any = None

    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60)
    administrative = UnitByCode(
        label=_("Administrative office"),
        required=False,
        help_text=_("Gives the letterhead and accepts the reports."),
    )
    professional = UnitByCode(
        label=_("Professional office"), required=False, help_text=_("Directs the work.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    opened_on = DayField(label=_("Opened on"))
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Filled in, the unit closes after this day. Nothing of its past is lost."),
    )
    successor = UnitByCode(
        label=_("Successor"),
        required=False,
        help_text=_("Of a unit that closes: who carries on the work, targets and acceptance that it leaves."),
    )
    changes_on = DayField(
        label=_("Changes hold from"),
        required=False,
        help_text=_("Of levels and higher offices. Empty: today. Earlier days keep what they had."),
    )
    version = VersionField(required=False)

    class Meta:
        model = Unit
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any):
        instance = kwargs.get("instance")
        stored = self.values_of(instance) if instance is not None and instance.pk else {}
        kwargs["initial"] = (
            stored | {"version": getattr(instance, "version", None)} | kwargs.get("initial", {})
        )
        super().__init__(*args, **kwargs)
        self.by = by or self.by
        self.limit_choices()
        if self.instance.pk and self.instance.valid_to is None:
            self.fields["last_day"].help_text = lazy(closing_words, str)(self.instance)

    @classmethod
    def values_of(cls, unit: Any) -> dict[str, Any]:
        """What is stored, by field, as of today or the nearest day of the unit's life."""
        day = day_within(unit, timezone.localdate())
        return {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "administrative": code_of(office_of(unit, LinkKind.ADMINISTRATIVE, day)),
            "professional": code_of(office_of(unit, LinkKind.PROFESSIONAL, day)),
            "phone": unit.phone,
            "opened_on": unit.valid_from,
            "last_day": unit.valid_to - dt.timedelta(days=1) if unit.valid_to else None,
            "successor": code_of(unit.successor),
        }

    def limit_choices(self) -> None:
        """Offices within the administrator's reach, and those that the unit stands under already.

        Professionally a unit may also stand under what the administrator's own office stands under.
        """
        own = offices_administered(self.by)
        own_codes = own.values("code")
        kept = [self.initial.get("administrative"), self.initial.get("professional")]
        above = Office.objects.filter(
            descendant_rows__descendant=self.by.acting_unit.pk if self.by.unit_id else None
        )
        offices = Office.objects.exclude(kind=UnitKind.INTERNAL)
        reach = offices.filter(code__in=own_codes) | offices.filter(code__in=[one for one in kept if one])
        fields: dict[str, Any] = self.fields
        fields["successor"].queryset = units_administered(self.by)
        fields["administrative"].queryset = reach.distinct()
        fields["professional"].queryset = (reach | offices.filter(pk__in=above.values("pk"))).distinct()

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    def _post_clean(self) -> None:
        """The row stays as it is stored: actions write, and must find the former values."""

    def clean_code(self) -> str:
        code = " ".join(nfc(self.cleaned_data["code"]).split())
        if Unit.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another unit has this code already."))
        return code

    def clean_name(self) -> str:
        return " ".join(nfc(self.cleaned_data["name"]).split())

    def clean_short_name(self) -> str:
        return " ".join(nfc(self.cleaned_data["short_name"]).split())

    def clean_administrative(self) -> str:
        return code_of(self.cleaned_data["administrative"])

    def clean_professional(self) -> str:
        return code_of(self.cleaned_data["professional"])

    def clean_opened_on(self) -> dt.date:
        day = self.cleaned_data["opened_on"]
        if not self.is_new and day != self.instance.valid_from:
            raise forms.ValidationError(_("The day of opening is history and stays as it is."))
        return day

    def clean_last_day(self) -> dt.date | None:
        day = self.cleaned_data["last_day"]
        before = self.initial.get("last_day")
        if before and day != before:
            raise forms.ValidationError(_("This unit was closed; its last day stays as it is."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opened, last = data.get("opened_on"), data.get("last_day")
        if opened and last and last < opened:
            self.add_error("last_day", _("The last day lies before the day on which the unit was opened."))
        if data.get("successor") and not last:
            self.add_error("successor", _("Only a unit that closes has a successor. Fill in its last day."))
        self.refuse_overtaken(data.get("version"))
        return data

    def refuse_overtaken(self, version: int | None) -> None:
        """Whoever saves second is told; a spreadsheet carries no version and speaks of what is stored."""
        if version is not None and not self.is_new and version != self.instance.version:
            message = _(
                "Somebody saved this unit since you opened it. Its stored name is now “%(name)s”. "
                "Your entries are still here: open the unit again in another window, compare, and save there."
            )
            raise forms.ValidationError(message, params={"name": self.instance.name})

    def entered(self) -> dict[str, Any]:
        """What all units have in common, as the action takes it. Two queries."""
        data = self.cleaned_data
        names = (
            "code", "name", "short_name", "phone", "opened_on", "last_day", "successor", "changes_on",
            "version",
        )  # fmt: skip
        offices = {line: Office.objects.filter(code=data[line]).first() for line in LinkKind}
        return {name: data[name] for name in names} | {"offices": offices}


def closing_words(unit: Unit) -> str:
    """What closing means, and what the unit would leave open. Some queries, when the form is shown."""
    said = _("Filled in, the unit closes after this day. Nothing of its past is lost.")
    if remaining := left_open(unit):
        now = _("Open now")
        return f"{said} {now}: {', '.join(remaining)}."
    return str(said)


def code_of(unit: Unit | None) -> str:
    return unit.code if unit else ""


class SchoolForm(UnitForm):
    levels = NamedChoicesField(label=_("Levels"), choices=Level.choices)
    is_public = YesNoField(label=_("Public"), initial=True)
    cluster = forms.CharField(
        label=_("Cluster"),
        max_length=80,
        required=False,
        help_text=_("The cluster of schools (cụm chuyên môn) it works in, as it is called."),
    )

    class Meta:
        model = School
        fields: ClassVar[list[str]] = []

    field_order = (
        "code", "name", "short_name", "levels", "is_public", "cluster", "administrative", "professional",
        "phone", "opened_on", "changes_on", "last_day", "successor",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["administrative"].required = self.fields["professional"].required = True

    @classmethod
    def values_of(cls, unit: Any) -> dict[str, Any]:
        levels = unit.levels_on(day_within(unit, timezone.localdate()))
        more = {"levels": levels, "is_public": unit.is_public, "cluster": unit.cluster}
        return super().values_of(unit) | more

    def clean_cluster(self) -> str:
        return " ".join(nfc(self.cleaned_data["cluster"]).split())

    def entry(self) -> SchoolEntry:
        data = self.cleaned_data
        is_public = data["is_public"] is not False
        levels, cluster = tuple(data["levels"]), data["cluster"]
        return SchoolEntry(**self.entered(), levels=levels, is_public=is_public, cluster=cluster)


class OfficeForm(UnitForm):
    kind = NamedChoiceField(
        label=_("Kind"), choices=[(kind, kind.label) for kind in UnitKind if kind != UnitKind.SCHOOL]
    )
    limits = NamedChoicesField(
        label=_("Limited to levels"),
        choices=Level.choices,
        required=False,
        help_text=_("Of internal departments. Nothing ticked: all levels."),
    )

    class Meta:
        model = Office
        fields: ClassVar[list[str]] = []

    field_order = (
        "code", "kind", "name", "short_name", "administrative", "professional", "limits", "phone",
        "opened_on", "changes_on", "last_day", "successor",
    )  # fmt: skip

    @classmethod
    def values_of(cls, unit: Any) -> dict[str, Any]:
        held = {row.level for row in unit.limits.all()}
        limits = [level for level in Level.values if level in held]
        return super().values_of(unit) | {"kind": unit.kind, "limits": limits}

    def entry(self) -> OfficeEntry:
        data = self.cleaned_data
        return OfficeEntry(**self.entered(), kind=data["kind"], limits=tuple(data["limits"]))

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if not self.is_new and kind != self.instance.kind:
            raise forms.ValidationError(_("The kind of an office stays as it was opened."))
        return kind

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_internal = data.get("kind") == UnitKind.INTERNAL
        if is_internal and not data.get("administrative"):
            self.add_error("administrative", _("An internal department belongs to an office."))
        if data.get("limits") and not is_internal:
            self.add_error("limits", _("Only an internal department is limited to levels."))
        if self.moves(data) and not self.stands_within_reach(data):
            self.add_error(
                "administrative", _("Choose an office that you look after: it would stand under none.")
            )
        return data

    def moves(self, data: dict[str, Any]) -> bool:
        """Whether it would stand elsewhere than now; a new office does."""
        lines = ("administrative", "professional")
        return self.is_new or any(data.get(one, "") != self.initial.get(one, "") for one in lines)

    def stands_within_reach(self, data: dict[str, Any]) -> bool:
        """Only at the head of the installation may an office stand under none of the administrator's."""
        own = offices_administered(self.by)
        codes = [data.get("administrative"), data.get("professional")]
        return oversees_installation(self.by) or own.filter(code__in=[one for one in codes if one]).exists()


class LetterheadForm(forms.ModelForm):
    """What stands at the head of an office's documents from a day on."""

    by: Any = None
    valid_from = DayField(label=_("From"))

    class Meta:
        model = Letterhead
        fields = ("office", "valid_from", "superior", "issuer", "symbol", "place", "head_title")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices_administered(self.by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        office, day = data.get("office"), data.get("valid_from")
        if office and day and Letterhead.objects.filter(office=office, valid_from__gte=day).exists():
            self.add_error(
                "valid_from", _("This office has a letterhead from that day or a later one already.")
            )
        return data
