"""The administrator's forms for what the month's form is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from eduportal.base.forms import DayField, NumberField
from reports.models import Question, QuestionKind
from targets.forms.administering import CatalogueForm, LinesField
from targets.forms.asking import MonthsField, refuse_months_of_others
from targets.models import FormSection, Reporter

FEWEST = 2


class SectionForm(CatalogueForm):
    """A heading of the form."""

    position = NumberField(label=_("place on the form"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = FormSection
        fields = ("name_vi", "name_en", "position", "valid_from")


class QuestionForm(CatalogueForm):
    """What is asked besides figures. Of a question that is there, wording, place and end can be mended."""

    FIXED = ("kind", "choices", "reporter", "level", "asked_every", "valid_from")

    choices = LinesField(
        _("Answers to choose from"), _("One a line, in Vietnamese; only of a question that offers some.")
    )
    asked_in = MonthsField()
    position = NumberField(label=_("place on the form"), max_value=30_000)
    valid_from = DayField(label=_("in force from"))

    class Meta:
        model = Question
        fields = (
            "text_vi", "text_en", "help_vi", "help_en", "kind", "choices", "reporter", "level", "asked_every",
            "asked_in", "is_required", "section", "position", "valid_from",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        refuse_months_of_others(self, data)
        if self.instance.pk is not None:
            return data
        offers, offered = data.get("kind") == QuestionKind.CHOICE, data.get("choices") or []
        if offers and len(set(offered)) < FEWEST:
            self.add_error("choices", _("Offer at least two different answers, one a line."))
        if not offers and offered:
            self.add_error("choices", _("Only a question with several answers offers some. Empty this."))
        if data.get("reporter") == Reporter.COMMUNE and data.get("level"):
            self.add_error("level", _("A commune teaches no level. Leave this empty."))
        return data
