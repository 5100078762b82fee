"""Forms of the briefing: which period to build, the text of a section, the office's plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import NumberField, VersionField
from eduportal.base.text import nfc
from reports.models import LONGER_KINDS, BriefingPlan
from reports.models.due import LAST_DAY
from reports.queries.figures import code_of
from reports.wording.parts import Part, unknown_places
from schools.models import Period, PeriodKind

MOST_PARTS = 30
BLANK_ROWS = 3


class BuildForm(forms.Form):
    """The period to build a briefing of: a month opened for the office's schools, or a longer one."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, periods: Iterable[Period], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.periods = {code_of(period): period for period in periods}
        months = [(code, str(one)) for code, one in self.periods.items() if one.is_month]
        longer = [(code, str(one)) for code, one in self.periods.items() if not one.is_month]
        groups = [(_("Months"), months), (_("Longer periods"), longer)]
        self.fields["period"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Period:
        return self.periods[self.cleaned_data["period"]]


class SectionForm(forms.Form):
    """The text of a section. Emptied, it stays empty: a section may have nothing to say."""

    version = VersionField()
    text = forms.CharField(
        label=gettext_lazy("Text of the section"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("A paragraph a line. In the tasks of next month, a task a line."),
    )

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"].replace("\r\n", "\n"))


class ResetForm(forms.Form):
    """The built text is taken again of a section as it was shown."""

    version = VersionField()


class PlanForm(forms.Form):
    """On which day briefings are built by themselves, and of which longer periods."""

    day = NumberField(
        label=gettext_lazy("Built by itself on day"),
        min_value=1,
        max_value=LAST_DAY,
        required=False,
        help_text=gettext_lazy("Of the month after. Empty: as soon as all reports of the month were due."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Also of each"),
        choices=[(kind, PeriodKind(kind).label) for kind in LONGER_KINDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = VersionField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: BriefingPlan | None):
        shown = {"day": plan.day, "kinds": plan.kinds, "version": plan.version} if plan else {}
        super().__init__(data, initial=shown)

    @property
    def chosen_day(self) -> int | None:
        day = self.cleaned_data["day"]
        return None if day is None else int(day)


@dataclass(frozen=True)
class PartRow:
    """The fields of one part, and what the portal calls it; empty: a part of the office's own."""

    key: str
    usual: str
    shown: BoundField
    place: BoundField
    title: BoundField
    text: BoundField


class PartsForm(forms.Form):
    """The parts of an office's briefings: which come up, in which order, under which title, in which words.

    `usual`: the portal's own parts by key, with their titles. Beside those stand the office's own and a few
    blank rows for more; a part without title and text is none.
    """

    version = VersionField(required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        usual: Mapping[str, str],
        parts: Sequence[Part],
        version: int | None,
    ):
        super().__init__(data, initial={"version": version}, auto_id="parts_%s")  # beside another form
        self.usual = usual
        shown = list(parts) or [Part(key, "", "") for key in usual]
        hidden = [Part(key, "", "") for key in usual if key not in {one.key for one in shown}]
        more = [Part(key, "", "") for key in free_keys(shown)]
        self.keys = [one.key for one in (*shown, *hidden, *more)]
        for place, one in enumerate((*shown, *hidden, *more), start=1):
            self.add_part(one, place, is_shown=one in shown)

    def add_part(self, part: Part, place: int, *, is_shown: bool) -> None:
        fields = {
            "shown": forms.BooleanField(label=_("Comes up"), required=False, initial=is_shown),
            "place": NumberField(
                label=_("Position in the order"), min_value=1, max_value=MOST_PARTS, initial=place
            ),
            "title": forms.CharField(
                label=_("Heading"),
                max_length=200,
                required=False,
                initial=part.title,
                widget=forms.TextInput(attrs={"placeholder": self.usual.get(part.key, "")}),
            ),
            "text": forms.CharField(
                label=_("Words of our own"),
                max_length=5000,
                required=False,
                initial=part.text,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }
        self.fields |= {f"{part.key}-{name}": field for name, field in fields.items()}

    @property
    def rows(self) -> list[PartRow]:
        names = ("shown", "place", "title", "text")
        return [
            PartRow(key, self.usual.get(key, ""), *(self[f"{key}-{name}"] for name in names))
            for key in self.keys
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in self.keys:
            for name in ("title", "text"):
                if unknown := unknown_places(cleaned.get(f"{key}-{name}", "")):
                    words = _("There is no figure of this name: %(names)s. Take one of the list below.")
                    self.add_error(f"{key}-{name}", words % {"names": ", ".join(unknown)})
            is_own = key not in self.usual and cleaned.get(f"{key}-shown")
            if is_own and not cleaned.get(f"{key}-title"):
                self.add_error(f"{key}-title", _("A part of your own needs a heading."))
        return cleaned

    def chosen(self) -> list[Part]:
        """What comes up, in its order."""
        found = [
            (self.cleaned_data[f"{key}-place"], number, key)
            for number, key in enumerate(self.keys)
            if self.cleaned_data[f"{key}-shown"]
        ]
        given = self.cleaned_data
        return [
            Part(key, given[f"{key}-title"], given[f"{key}-text"]) for _place, _number, key in sorted(found)
        ]


def free_keys(parts: Sequence[Part]) -> list[str]:
    """Keys for a few more parts of an office's own."""
    taken = {one.key for one in parts}
    free = (f"own.{number}" for number in range(1, MOST_PARTS) if f"own.{number}" not in taken)
    return list(islice(free, BLANK_ROWS))
