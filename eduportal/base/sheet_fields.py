"""Form fields that understand words, so that one form serves the screen and a row of a spreadsheet."""

import re
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from eduportal.base.text import search_key

LANGUAGES = ("vi", "en")


def in_all_languages(label: Any) -> set[str]:
    """A label as people may type it: in each language, without diacritics or case."""
    words = set()
    for language in LANGUAGES:
        with translation.override(language):
            words.add(plain(str(label)))
    return words


def plain(text: str) -> str:
    """For comparing words that people type: no diacritics, case or punctuation."""
    return " ".join(re.sub(r"[^\w]+", " ", search_key(text)).split())


def code_meant(text: str, choices: Any) -> str:
    """The code of the choice that is meant by its code or its label; the text itself where there is none."""
    wanted = plain(text)
    for code, label in choices:
        if text.strip() == code or (
            wanted and (plain(str(code)) == wanted or wanted in in_all_languages(label))
        ):
            return str(code)
    return text


class NamedChoiceField(forms.ChoiceField):
    """A choice given by its code or by its word in Vietnamese or English."""

    def to_python(self, value: Any) -> str:
        return code_meant(super().to_python(value), self.choices) if value else ""


class NamedChoicesField(forms.MultipleChoiceField):
    """Several choices: ticked on the screen, in a spreadsheet words with commas or + between."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = [part for part in re.split(r"[,;+]", value) if part.strip()]
        given = {code_meant(str(part), self.choices) for part in value or []}
        choices: Any = self.choices
        known = [str(code) for code, _label in choices if str(code) in given]
        return known + sorted(given - set(known))


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as a choice of two words rather than a tick: in a spreadsheet an empty cell says nothing."""

    YES = ("1", "x", "true", "yes", "co", "dung")
    NO = ("0", "false", "no", "khong", "sai")

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("empty_value", None)
        super().__init__(
            choices=[("yes", _("yes")), ("no", _("no"))], coerce=lambda value: value == "yes", **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)

    def to_python(self, value: Any) -> str:
        word = plain(str(value or ""))
        return "yes" if word in self.YES else "no" if word in self.NO else str(value or "")
