"""The form of a task as staff shape it, and as a unit answers it: on screen and from a workbook alike."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from directives.actions.dataforms import MOST_FIELDS, Asked
from directives.models import DataForm, FieldKind, FormField
from directives.models.dataform import NO, YES, Value
from eduportal.base.forms import REFUSED_UPLOADS, DayField, NumberField, VersionField, kept_file
from eduportal.base.text import nfc, search_key
from eduportal.base.uploads import XLSX, UploadRefused

MOST_OPTIONS, LONGEST_OPTION = 30, 100
BLANK_ROWS = 3


# --- shaping ------------------------------------------------------------------------------------------------


class FieldForm(forms.Form):
    """One thing asked. A row left without a label asks nothing."""

    use_required_attribute = False
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=_("What is asked"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=FieldKind, initial=FieldKind.WHOLE)
    unit = forms.CharField(label=_("Unit of measure"), max_length=40, required=False)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    hint = forms.CharField(label=_("Hint"), max_length=300, required=False)
    options = forms.CharField(
        label=_("Options to choose from"),
        help_text=_("One a line; only for the kind “one of several”."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_options(self) -> tuple[str, ...]:
        lines = (nfc(line).strip() for line in self.cleaned_data["options"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        options, is_choice = data.get("options", ()), data.get("kind") == FieldKind.CHOICE
        if is_choice and len(options) < 2 and "options" not in self.errors:
            self.add_error("options", _("Give at least two options, one a line."))
        if len(options) > MOST_OPTIONS or any(len(one) > LONGEST_OPTION for one in options):
            self.add_error("options", _("At most 30 options of at most 100 letters each."))
        if not is_choice:
            data["options"] = ()
        if not data.get("label") and (data.get("pk") or data.get("hint") or options):
            self.add_error("label", _("Say what is asked, or tick that it is taken out."))
        return data

    def asked(self, fields: Mapping[int, FormField]) -> Asked:
        data = self.cleaned_data
        return Asked(
            label=data["label"],
            kind=data["kind"],
            is_required=data["is_required"],
            hint=data["hint"],
            unit=data["unit"],
            options=data["options"],
            field=fields.get(data["pk"] or 0),
        )


class FieldRows(forms.BaseFormSet):
    """All that a form asks, in order. Labels are told apart by people, so each stands once."""

    def clean(self) -> None:
        if not self.management_form.is_valid() or any(self.errors):
            return
        labels = [search_key(row.cleaned_data["label"]) for row in self.rows()]
        if twice := next((label for label in labels if labels.count(label) > 1), None):
            first = next(row for row in self.rows() if search_key(row.cleaned_data["label"]) == twice)
            raise ValidationError(
                _("“%(label)s” is asked twice. Change the words of one."),
                params={"label": first.cleaned_data["label"]},
            )

    def rows(self) -> Iterable[forms.Form]:
        """The rows that ask something, in the order that was typed."""
        return [row for row in self.ordered_forms if row.cleaned_data.get("label")]

    def asked(self, fields: Mapping[int, FormField]) -> list[Asked]:
        return [row.asked(fields) for row in self.rows()]  # type: ignore[attr-defined]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label, form.fields["DELETE"].label = _("Order"), _("Take out")
        form.row_label = f"{(index or 0) + 1}"  # type: ignore[attr-defined]


FieldFormSet = forms.formset_factory(
    FieldForm,
    formset=FieldRows,
    extra=BLANK_ROWS,
    can_order=True,
    can_delete=True,
    max_num=MOST_FIELDS,
    validate_max=True,
)


class ShapeForm(forms.Form):
    """The version of the form that was shown; 0 where the task had none."""

    version = VersionField()


def field_rows(fields: Iterable[FormField]) -> list[dict[str, Any]]:
    """Stored fields as FieldFormSet takes them."""
    names = ("pk", "label", "kind", "unit", "is_required", "hint", "options")
    return [{name: getattr(field, name) for name in names} for field in fields]


# --- answering ----------------------------------------------------------------------------------------------


class OptionField(forms.ChoiceField):
    """One of several. In a workbook it is typed by its words, with or without diacritics."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        choices: Any = self.choices
        codes = [(str(code), str(words)) for code, words in choices if code]
        if text in dict(codes):
            return text
        return next((code for code, words in codes if search_key(words) == search_key(text)), text)


def number_field(field: FormField, **common: Any) -> forms.Field:
    made = NumberField(decimals=field.kind != FieldKind.WHOLE, **common)
    if field.kind == FieldKind.PERCENT:
        made.meant_up_to = 100
    return made


def text_field(field: FormField, **common: Any) -> forms.Field:
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **common)


def option_field(field: FormField, **common: Any) -> forms.Field:
    return OptionField(choices=[("", _("not chosen yet")), *options_of(field)], **common)


def options_of(field: FormField) -> list[tuple[str, Any]]:
    """What may be chosen, as code and words."""
    if field.kind == FieldKind.YES_NO:
        return [(YES, _("yes")), (NO, _("no"))]
    return [(option, option) for option in field.choices]


MAKERS: dict[str, Callable[..., forms.Field]] = {
    FieldKind.WHOLE: number_field,
    FieldKind.DECIMAL: number_field,
    FieldKind.PERCENT: number_field,
    FieldKind.TEXT: text_field,
    FieldKind.DAY: lambda field, **common: DayField(**common),
    FieldKind.CHOICE: option_field,
    FieldKind.YES_NO: option_field,
}


class AnswerForm(forms.Form):
    """A unit's answers. Nothing must be there to save a draft; `require` asks for the rest on sending."""

    use_required_attribute = False
    version = VersionField()

    def __init__(self, *args: Any, form: DataForm, stored: Mapping[int, Value], version: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = list(form.fields.all())
        self.initial["version"] = version
        for field in self.asked:
            unit = field.unit or ("%" if field.kind == FieldKind.PERCENT else "")
            label = f"{field.label} ({unit})" if unit else field.label
            self.fields[name_of(field)] = MAKERS[field.kind](
                field, label=label, help_text=field.hint, required=field.is_required
            )
            self.initial[name_of(field)] = stored.get(field.pk)

    def clean(self) -> dict[str, Any]:
        """A draft may have gaps; those that must not be there are asked for on sending."""
        for name, errors in list(self.errors.items()):
            if [error.code for error in errors.as_data()] == ["required"] and name != "version":
                del self.errors[name]
                self.cleaned_data[name] = None
        return self.cleaned_data

    def values(self) -> dict[int, Value]:
        """The valid answers that came along, by the key of their field."""
        return {
            field.pk: self.cleaned_data[name_of(field)] if self.cleaned_data[name_of(field)] != "" else None
            for field in self.asked
            if name_of(field) in self.data and name_of(field) in self.cleaned_data
        }

    def require(self, missing: Iterable[FormField]) -> None:
        for field in missing:
            if not self.has_error(name_of(field)):
                self.add_error(name_of(field), _("Give an answer; without it the form cannot be sent."))

    def bound_fields(self) -> list[BoundField]:
        return [self[name_of(field)] for field in self.asked]

    def differences(self) -> list[dict[str, Any]]:
        """What was typed where it differs from what is stored, as rows of components/conflict.html."""
        return [
            {
                "label": bound.label,
                "stored": bound.field.prepare_value(bound.initial) or "–",
                "yours": bound.data or "–",
            }
            for bound in self.bound_fields()
            if bound.name in self.changed_data
        ]


def name_of(field: FormField) -> str:
    return f"f{field.pk}"


class WorkbookForm(forms.Form):
    """The form as a workbook, filled in."""

    use_required_attribute = False
    version = VersionField()
    workbook = forms.FileField(
        label=_("Workbook, filled in"),
        help_text=_("The workbook downloaded from this page (.xlsx), with answers in its column “Answer”."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )

    def clean_workbook(self) -> bytes:
        uploaded = self.cleaned_data["workbook"]
        try:
            kept = kept_file(uploaded)
        except UploadRefused as refused:
            message = REFUSED_UPLOADS[refused.code]
            raise ValidationError(message, code=refused.code, params={"name": uploaded.name}) from refused
        if kept.content_type != XLSX.content_type:
            raise ValidationError(
                _("“%(name)s” is no Excel workbook (.xlsx). Choose the one downloaded from this page."),
                params={"name": uploaded.name},
            )
        return kept.content
