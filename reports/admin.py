"""What the month's form is made of besides measures. Looked after at the head of the installation."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reports.actions.forms import define_question, define_section, edit_question, edit_section
from reports.forms.administering import QuestionForm, SectionForm
from reports.models import Question
from targets.admin import CatalogueTable
from targets.models import FormSection


@admin.register(FormSection)
class SectionTable(CatalogueTable):
    """Headings, under which measures and questions stand."""

    form = SectionForm
    fields = (*SectionForm.Meta.fields, "last_day", "version")
    list_display = ("in_words", "position", "last_day")
    search_fields = ("name_vi", "name_en")

    def write(self, request: HttpRequest, stored: FormSection | None, form: Any) -> FormSection:
        if stored is None:
            return define_section(by=self.acting(request), **form.entered())
        version = form.cleaned_data["version"] or 0
        return edit_section(section=stored, version=version, by=self.acting(request), **form.entered())


@admin.register(Question)
class QuestionTable(CatalogueTable):
    """What is asked in words, with yes or no, or by a choice of answers."""

    form = QuestionForm
    fields = (*QuestionForm.Meta.fields, "last_day", "version")
    list_display = ("in_words", "kind", "reporter", "level", "is_required", "section", "position", "last_day")
    list_filter = ("reporter", "level", "kind")
    search_fields = ("text_vi", "text_en")

    def write(self, request: HttpRequest, stored: Question | None, form: Any) -> Question:
        if stored is None:
            return define_question(by=self.acting(request), **form.entered())
        version = form.cleaned_data["version"] or 0
        return edit_question(question=stored, version=version, by=self.acting(request), **form.entered())
