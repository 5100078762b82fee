"""Forms of documents and tasks: what a person typed, checked."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directives.actions.drafting import HEADER_FIELDS
from directives.actions.tasks import Who, Work
from directives.models import AddresseeKind, AssigneeRole, Directive, DirectiveKind, Task
from directives.proposals import Proposal
from eduportal.base.forms import DayField, FilesField, NumberField, RowsField, VersionField
from schools.models import Level, Unit


class MayStayEmpty:
    """A field whose emptiness the page does not remark on; mixed into a form field, before it.

    One of several ways to say the same, or something that only the issued document needs.
    """

    def validate(self, value: Any) -> None:
        if value not in (None, "", []):
            super().validate(value)  # type: ignore[misc]


class LaterText(MayStayEmpty, forms.CharField):
    """Text that the issued document needs."""


class LaterDay(MayStayEmpty, DayField):
    """A day that the issued document needs."""


class LaterChoice(MayStayEmpty, forms.ChoiceField):
    """A choice that is asked for only where it matters."""

    widget = forms.RadioSelect


class SomeLevels(MayStayEmpty, forms.MultipleChoiceField):
    """Levels, as one of the ways to say who must act."""

    widget = forms.CheckboxSelectMultiple


class SomeUnits(RowsField):
    """Units, as another of those ways."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else Unit.objects.none()

    def label_from_instance(self, unit: Any) -> str:
        return unit.short_name


class OneFile(forms.FileField):
    """A file, as one of two ways to give a text."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class HeadOfDocument(forms.ModelForm):
    """Fields of a stored document. The action writes the row, so saves that cross can be compared."""

    use_required_attribute = False
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        if number and not number.isalnum():
            raise ValidationError(_("Write the number alone, for example 15; the symbol has its own field."))
        return number

    def _post_clean(self) -> None:
        """The row is written by the action, which claims its version first."""

    def changes(self) -> list[dict[str, Any]]:
        """Stored and typed values that differ, for the person whose save came second."""
        stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
        names = [name for name in self.fields if name != "version"]
        rows = [(name, flat(getattr(stored, name)), flat(self.cleaned_data[name])) for name in names]
        return [
            {"label": self.fields[name].label, "stored": in_words(name, old), "yours": in_words(name, new)}
            for name, old, new in rows
            if old != new
        ]


class HeaderForm(HeadOfDocument):
    """What stands around the body. The number and date of a document written here come from the register."""

    subject = LaterText(label=_("Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    number = LaterText(label=_("Number"), max_length=20)
    issued_on = LaterDay(label=_("Date of the document"))

    class Meta:
        model = Directive
        fields = HEADER_FIELDS
        widgets = {
            "signer_authority": forms.Textarea(attrs={"rows": 2}),
            "recipients": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.written_here:
            del self.fields["number"], self.fields["issued_on"]


def flat(value: Any) -> Any:
    """A value as it compares: browsers end lines in their own way."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value or ""


def in_words(name: str, value: Any) -> str:
    """A value of the head as people read it."""
    if name == "kind":
        return str(DirectiveKind(value).label)
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value) or "–"


class TextForm(forms.Form):
    """The body of a document written here."""

    version = VersionField()
    text = forms.CharField(
        label=_("Text of the document"),
        help_text=_("One paragraph or item a line: I. … 1. … a) … - …"),
        widget=forms.Textarea(attrs={"rows": 24}),
        strip=False,
    )


class AddresseesMixin(forms.Form):
    """Whom a task concerns: those who lead, and those who support."""

    all_schools = forms.BooleanField(label=_("All schools"), required=False)
    levels = SomeLevels(label=_("Schools of a level"), choices=Level)
    units = SomeUnits(label=_("Named units"), queryset=Unit.objects.none())
    support_all_schools = forms.BooleanField(label=_("All schools"), required=False)
    support_levels = SomeLevels(label=_("Schools of a level"), choices=Level)
    support_units = SomeUnits(label=_("Named units"), queryset=Unit.objects.none())

    def addressees(self) -> tuple[Who, ...]:
        chosen: list[Who] = []
        for role, prefix in ((AssigneeRole.LEAD, ""), (AssigneeRole.SUPPORT, "support_")):
            if self.cleaned_data[f"{prefix}all_schools"]:
                chosen.append(Who(AddresseeKind.ALL_SCHOOLS, role))
            chosen += [
                Who(AddresseeKind.LEVEL, role, level=one) for one in self.cleaned_data[f"{prefix}levels"]
            ]
            chosen += [Who(AddresseeKind.UNIT, role, unit=one) for one in self.cleaned_data[f"{prefix}units"]]
        return tuple(chosen)


class TaskForm(AddresseesMixin):
    """One task as staff want it."""

    use_required_attribute = False
    version = VersionField(required=False)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))
    is_tracked = forms.BooleanField(
        label=_("Track as a task"), help_text=_("The units named below will report on it."), required=False
    )
    deadline = DayField(label=_("Deadline"), required=False)
    product = forms.CharField(
        label=_("Expected product"),
        help_text=_("What is to be sent or shown: a report, a list, a plan."),
        max_length=200,
        required=False,
    )
    field_order = ["version", "text", "is_tracked", "deadline", "product"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("units", "support_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("is_tracked")
            and not self.errors
            and not any(who.role == AssigneeRole.LEAD for who in self.addressees())
        ):
            self.add_error("all_schools", _("Choose who must act, or do not track this item."))
        return data

    def work(self) -> Work:
        return Work(
            text=self.cleaned_data["text"],
            is_tracked=self.cleaned_data["is_tracked"],
            deadline=self.cleaned_data["deadline"],
            addressees=self.addressees(),
            product=self.cleaned_data["product"],
        )


class NewTaskForm(TaskForm):
    """A task that the reader did not find. `start`, `end`: the words of the document it was made from."""

    path = forms.CharField(
        label=_("Number in the document"),
        help_text=_("As printed, if it has one."),
        max_length=60,
        required=False,
    )
    after = forms.ModelChoiceField(
        label=_("Stands after"), queryset=Task.objects.none(), required=False, empty_label=_("the last item")
    )
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    field_order = ["path", "after", "text", "deadline", "product"]

    def __init__(self, *args: Any, items: QuerySet[Task], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = items  # type: ignore[attr-defined]
        self.initial["is_tracked"] = True


class SplitForm(forms.Form):
    """Where an item is split: the sentences that each begin a new one."""

    version = VersionField(required=False)
    begins = forms.TypedMultipleChoiceField(
        label=_("Sentences that begin a new item"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one sentence that begins a new item."),
            "invalid_choice": _("The text of this item was changed meanwhile. Look at it as it is now."),
        },
    )

    def __init__(self, *args: Any, said: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["begins"].choices = list(enumerate(said))[1:]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a document goes back."""

    version = VersionField()
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The drafting staff reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProgressForm(forms.Form):
    """How far the own unit's work is. `initial` holds the percentage as it stands."""

    use_required_attribute = False
    version = VersionField()
    percent = NumberField(label=_("Progress (%)"), max_value=100)
    note = forms.CharField(
        label=_("What was done"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    claims_done = forms.BooleanField(
        label=_("Done"), help_text=_("The day of this report is the day it was done."), required=False
    )
    evidence = FilesField(
        label=_("Evidence"),
        help_text=_("Minutes, photos, lists: PDF, Word, Excel, JPG or PNG, at most 20 MB each."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        same = data.get("percent") == self.initial["percent"] and "evidence" not in self.errors
        if same and not any(data.get(name) for name in ("note", "claims_done", "evidence")):
            self.add_error("note", _("Nothing has changed yet. Say what was done, or how far it is."))
        return data


class SendBackForm(forms.Form):
    """Why work that was reported done is not done yet."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The unit reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VersionForm(forms.Form):
    """A step that needs nothing but the version that was shown."""

    version = VersionField()


class StepForm(VersionForm):
    """A step that says beforehand what the tasks will bring about: it also needs their version."""

    tasks_version = VersionField(required=False)


class NumberForm(StepForm):
    """The same with a number that was given elsewhere, and its day; shown where they are wanted."""

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 8}),
        help_text=_("As the other system gave it, without the symbol: 07, 112."),
    )
    dated = DayField(label=_("Date of the document"), required=False)


class SourceForm(forms.Form):
    """Where the numbers of a register come from."""

    kind = forms.ChoiceField(choices=DirectiveKind)
    source = forms.ChoiceField(choices=[("here", "here"), ("typed", "typed")])


def task_initial(task: Task) -> dict[str, Any]:
    """The values of TaskForm for a stored task. Uses prefetched addressees when there are any."""
    people = [(one.role, one.kind, one.level, one.unit_id) for one in task.addressees.all()]
    return people_initial(people) | {
        "version": task.version,
        "text": task.text,
        "is_tracked": task.is_tracked,
        "deadline": task.deadline,
        "product": task.product,
    }


def proposal_initial(proposal: Proposal) -> dict[str, Any]:
    """Whom some words concern and by when, as they were read."""
    people = [(one.role, one.who.kind, one.who.level, one.who.unit) for one in proposal.addressees]
    return people_initial(people) | {"deadline": proposal.deadline, "is_tracked": True}


def people_initial(people: Sequence[tuple[str, str, str, int | None]]) -> dict[str, Any]:
    """The values of AddresseesMixin for roles, kinds, levels and units."""
    initial: dict[str, Any] = {}
    for role, prefix in ((AssigneeRole.LEAD, ""), (AssigneeRole.SUPPORT, "support_")):
        own = [(kind, level, unit) for one, kind, level, unit in people if one == role]
        initial[f"{prefix}all_schools"] = any(kind == AddresseeKind.ALL_SCHOOLS for kind, *_ in own)
        initial[f"{prefix}levels"] = [level for kind, level, _ in own if kind == AddresseeKind.LEVEL]
        initial[f"{prefix}units"] = [unit for kind, _, unit in own if kind == AddresseeKind.UNIT]
    return initial
