"""What a person typed, checked."""

import datetime as dt

import pytest

from directives.actions.tasks import Who
from directives.forms import HeaderForm, NewTaskForm, TaskForm, task_initial
from directives.queries import addressable_units
from tests.conftest import TODAY


def header(directive, **values) -> HeaderForm:
    given = {"version": directive.version, "kind": "cong_van", "number": "215", "issued_on": "2026-11-02"}
    return HeaderForm(given | values, instance=directive)


def test_a_draft_may_be_saved_without_what_only_issuing_needs(letter):
    assert header(letter, number="", issued_on="", subject="").is_valid()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"issued_on": "31/02/2026"}, "issued_on"),
        ({"issued_on": "0026-11-02"}, "issued_on"),
        ({"issued_on": "2926-11-02"}, "issued_on"),
        ({"number": "215/SGDĐT"}, "number"),
        ({"kind": "thơ"}, "kind"),
        ({"subject": "a" * 501}, "subject"),
        ({"version": "x"}, "version"),
    ],
)
def test_absurd_values_of_the_head(letter, values, field):
    assert list(header(letter, **values).errors) == [field]


def test_days_are_typed_the_vietnamese_way(letter):
    form = header(letter, issued_on="05/02/2026")
    assert form.is_valid()
    assert form.cleaned_data["issued_on"] == dt.date(2026, 2, 5)


def test_checking_the_head_changes_nothing(letter):
    assert header(letter, subject="Khác").is_valid()
    assert letter.subject == "chuẩn bị sơ kết học kỳ I năm học 2026-2027"


def test_a_document_written_here_gets_its_number_from_the_register(notice):
    assert {"number", "issued_on"} & set(HeaderForm(instance=notice).fields) == set()


def task_form(directive, **values) -> TaskForm:
    units = addressable_units(directive.office, TODAY)
    return TaskForm({"version": 1, "text": "Báo cáo", "is_tracked": "on"} | values, units=units)


def test_work_as_it_was_chosen(letter, province):
    form = task_form(
        letter,
        deadline="2026-12-25",
        levels=["primary"],
        units=[province.high_school.pk],
        support_all_schools="on",
    )
    assert form.is_valid()
    work = form.work()
    assert (work.text, work.is_tracked, work.deadline) == ("Báo cáo", True, dt.date(2026, 12, 25))
    assert [(who.kind, who.role, who.level, who.unit and who.unit.pk) for who in work.addressees] == [
        ("level", "lead", "primary", None),
        ("unit", "lead", "", province.high_school.pk),
        ("all_schools", "support", "", None),
    ]


def test_a_tracked_task_needs_somebody_who_leads(letter):
    assert list(task_form(letter, support_all_schools="on").errors) == ["all_schools"]
    assert task_form(letter, is_tracked="").is_valid()


def test_units_outside_the_office_cannot_be_chosen(letter, province):
    assert list(task_form(letter, units=[province.foreign_primary.pk]).errors) == ["units"]


@pytest.mark.parametrize(
    ("values", "field"), [({"deadline": "1999-12-31"}, "deadline"), ({"text": " "}, "text")]
)
def test_absurd_tasks(letter, values, field):
    assert list(task_form(letter, all_schools="on", **values).errors) == [field]


def test_a_stored_task_fills_its_form(letter, province):
    initial = task_initial(letter.tasks.get(path="3"))
    assert initial["deadline"] == dt.date(2026, 12, 31)
    assert set(initial["units"]) == {province.cloud_primary.pk, province.orchid_preschool.pk}
    assert (initial["all_schools"], initial["support_levels"]) == (False, [])


def test_a_new_task_stands_behind_an_item_of_its_own_document(letter, notice):
    units = addressable_units(letter.office, TODAY)
    data = {"text": "Việc", "is_tracked": "on", "all_schools": "on", "after": notice.tasks.first().pk}
    assert list(NewTaskForm(data, units=units, items=letter.tasks.kept()).errors) == ["after"]
    data["after"] = letter.tasks.first().pk
    form = NewTaskForm(data, units=units, items=letter.tasks.kept())
    assert form.is_valid()
    assert [who.kind for who in form.work().addressees] == [Who("all_schools").kind]
