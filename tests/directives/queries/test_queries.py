"""Reads over documents, tasks and assignments."""

import datetime as dt

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.tasks import Who, Work, revise_task
from directives.models import Assignment, Directive, DirectiveKind, ProgressEntry
from directives.models.directive import WHOLE_TEXTS
from directives.queries import (
    addressable_units,
    citations,
    cited_by,
    counts_by,
    is_on_issuing_side,
    listed_assignments,
    named_units,
    next_number,
    office_assignments,
    open_for_month,
    search_assignments,
)
from directives.queries.documents import find_directives
from directives.queries.readiness import readiness
from directives.wording import explain
from eduportal.pages.queries import documents_of, open_tasks
from schools.actions import month_period
from schools.actions.upkeep import edit_unit
from tests.conftest import TODAY
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

DAY = dt.timedelta(days=1)


@pytest.fixture
def share(province):
    """An assignment of an issued document of the department."""
    directive = DirectiveFactory(office=province.department, issued=True)

    def make(unit, **values) -> Assignment:
        task = TaskFactory(directive=values.pop("directive", directive))
        return AssignmentFactory(task=task, unit=unit, **values)

    return make


def test_counts_by_unit_and_by_document(share, province):
    share(province.cloud_primary, deadline=TODAY)
    share(province.cloud_primary, deadline=TODAY - DAY)
    late = share(province.high_school, deadline=TODAY - DAY)
    by_unit = counts_by(Assignment.objects.all(), "unit", TODAY)
    assert {pk: (found["running"], found["overdue"]) for pk, found in by_unit.items()} == {
        province.cloud_primary.pk: (1, 1),
        province.high_school.pk: (0, 1),
    }
    by_document = counts_by(Assignment.objects.all(), "task__directive", TODAY)
    assert by_document[late.task.directive_id]["overdue"] == 2


def test_an_office_has_what_its_units_do_and_what_it_set(share, province):
    own = share(province.cloud_primary)
    elsewhere = share(province.tea_combined)
    by_commune = share(
        province.tea_combined, directive=DirectiveFactory(office=province.cloud_commune, issued=True)
    )
    assert set(office_assignments(province.cloud_commune, TODAY)) == {own, by_commune}
    assert set(office_assignments(province.department, TODAY)) == {own, elsewhere, by_commune}
    assert not office_assignments(province.foreign_department, TODAY).exists()


def test_a_month_shows_open_work_and_what_was_reported_in_it(share, province, cast):
    period = month_period(2026, 11)
    later = share(province.cloud_primary, deadline=TODAY + DAY)
    without = share(province.cloud_primary, deadline=None)
    done = share(province.cloud_primary, deadline=TODAY, state="done", reported_done_on=TODAY)
    share(province.cloud_primary, state="done", reported_done_on=TODAY)
    share(province.high_school)
    ProgressEntry.objects.create(assignment=done, period=period, written_by=cast.principal.user)
    assert list(open_for_month(province.cloud_primary, period)) == [done, later, without]


def test_an_office_addresses_its_subtree_and_itself(province):
    codes = set(addressable_units(province.cloud_commune, TODAY).values_list("code", flat=True))
    assert codes == {"NS-01", "NS010001", "NS010002"}


def test_readiness_says_who_will_receive_what(letter, province):
    ready = readiness(letter, TODAY)
    assert (ready.schools, [unit.pk for unit in ready.offices], ready.tasks) == (
        4,
        [province.department.pk],
        5,
    )
    assert ready.blocks == []
    assert [(one.code, one.task.path) for one in ready.warnings] == [
        ("task_doubtful", "4"),
        ("task_doubtful", "5"),
    ]


def test_what_is_doubtful_is_told_of_items_that_are_not_tracked_as_well(letter):
    letter.tasks.filter(path="4").update(is_tracked=False)
    letter.tasks.filter(path="5").update(confirmed=True)
    letter.tasks.filter(path="1").update(doubts=[{"code": "already_tracked", "text": "1"}], is_removed=True)
    found = [(one.code, one.task.path) for one in readiness(letter, TODAY).warnings]
    assert found == [("task_doubtful", "4")]


NOTICE = """1. Các trường nộp báo cáo:
a) Sĩ số học sinh
b) Số lớp;
3. Các phòng theo dõi.
"""


def test_readiness_warns_where_what_is_written_here_strays_from_the_form(province, cast):
    draft = draft_directive(
        office=province.department,
        text=NOTICE,
        by=cast.staff,
        today=TODAY,
        written_here=True,
        kind=DirectiveKind.NOTICE,
        subject="Kết luận giao ban",
        signer_title="Giám đốc",
        signer_name="TS. Đỗ Thị Lan",
    )
    Directive.objects.filter(pk=draft.pk).update(symbol="KH-SGDĐT")
    ready = readiness(Directive.objects.get(pk=draft.pk), TODAY)
    found = [(one.code, one.text) for one in ready.warnings if one.task is None]
    assert found == [
        ("symbol_not_of_kind", "KH-SGDĐT"),
        ("list_item_unended", "Sĩ số học sinh"),
        ("list_unclosed", "Số lớp;"),
        ("item_out_of_order", "3. Các phòng theo dõi."),
        ("signer_with_academic_title", "TS. Đỗ Thị Lan"),
    ]
    assert all(explain(one) for one in ready.warnings)


def test_what_came_as_a_file_is_not_held_to_the_form(letter):
    Directive.objects.filter(pk=letter.pk).update(signer_name="TS. Đỗ Thị Lan")
    ready = readiness(Directive.objects.get(pk=letter.pk), TODAY)
    assert {one.code for one in ready.warnings} == {"task_doubtful"}


def test_readiness_warns_of_deadlines_that_cannot_be_kept(letter, cast):
    for path, deadline in [("1", dt.date(2026, 11, 1)), ("2", dt.date(2026, 11, 21)), ("3", TODAY)]:
        work = Work(text="a", deadline=deadline, addressees=(Who("all_schools"),))
        revise_task(task=letter.tasks.get(path=path), version=1, work=work, by=cast.staff)
    found = [(one.code, one.task.path) for one in readiness(letter, TODAY).warnings][:2]
    assert found == [("deadline_before_document", "1"), ("deadline_passed", "2")]


@pytest.mark.parametrize("schools", [1, 3])
def test_readiness_takes_as_many_queries_for_one_task_as_for_many(
    letter, province, cast, schools, django_assert_num_queries
):
    for task in letter.tasks.all()[:schools]:
        units = [Who("unit", unit=unit) for unit in province.schools[:schools]]
        revise_task(task=task, version=1, work=Work(text="a", addressees=tuple(units)), by=cast.staff)
    letter.tasks.filter(confirmed=False).update(is_tracked=False)
    directive = Directive.objects.select_related("office").get(pk=letter.pk)
    with django_assert_num_queries(8):
        readiness(directive, TODAY)


@pytest.mark.parametrize("q", ["so ket", "Sơ kết", "215/SGDĐT", "duyen hai", "hai ket"])
def test_documents_are_found_without_diacritics(letter, cast, q):
    assert list(find_directives(cast.staff.user, q)) == [letter]


def test_documents_are_not_found_by_other_words_or_other_people(letter, cast):
    assert not find_directives(cast.staff.user, "so ket vang").exists()
    assert not find_directives(cast.outsider.user, "so ket").exists()
    assert not find_directives(cast.principal.user, "so ket").exists()


def test_drafts_come_first_then_the_newest(province, cast):
    old, new = (
        DirectiveFactory(office=province.department, issued=True, issued_on=day)
        for day in (dt.date(2026, 1, 5), dt.date(2026, 5, 5))
    )
    draft = DirectiveFactory(office=province.department)
    assert list(find_directives(cast.staff.user)) == [draft, new, old]


def test_the_register_begins_at_one_and_passes_over_typed_numbers(province):
    notice = DirectiveFactory(office=province.department, kind="thong_bao", symbol="TB-SGDĐT")
    of_commune = DirectiveFactory(office=province.cloud_commune, kind="thong_bao", symbol="TB-SGDĐT")
    assert next_number(notice, 2026) == 1
    for symbol in ("TB-SGDĐT", "TB-BGDĐT"):
        DirectiveFactory(
            office=province.department, issued=True, kind="thong_bao", number="01", symbol=symbol
        )
    assert (next_number(notice, 2026), next_number(notice, 2027), next_number(of_commune, 2026)) == (2, 1, 1)


def test_citations_lead_to_documents_the_person_may_see(letter, province, cast):
    same = {"issued": True, "number": "118", "symbol": "KH-UBND", "issued_on": dt.date(2026, 8, 12)}
    plan = DirectiveFactory(office=province.department, **same)
    foreign = DirectiveFactory(office=province.foreign_department, **same)
    assert [known for _, known in citations(cast.staff.user, letter)] == [plan]
    assert [known for _, known in citations(cast.outsider.user, letter)] == [foreign]
    assert list(cited_by(cast.staff.user, plan)) == [letter]
    assert list(cited_by(cast.principal.user, plan)) == []


@pytest.mark.parametrize(
    ("said", "is_meant"),
    [
        ({"dated": dt.date(2026, 11, 2), "year": 2026}, True),
        ({"dated": dt.date(2026, 11, 3), "year": 2026}, False),
        ({"year": 2026}, True),
        ({"year": 2025}, False),
        ({}, True),
    ],
)
def test_a_number_is_cited_with_its_day_or_year(issued_letter, province, cast, said, is_meant):
    citing = DirectiveFactory(office=province.department, created_by=cast.staff.user)
    place = {"number": "215", "symbol": "SGDĐT-GDPT", "raw": "x", "span_start": 0, "span_end": 1}
    citing.references.create(**place, **said)
    assert [known for _, known in citations(cast.staff.user, citing)] == [issued_letter if is_meant else None]
    assert list(cited_by(cast.staff.user, issued_letter)) == ([citing] if is_meant else [])


def test_a_draft_that_was_thrown_away_cites_nothing(issued_letter, province, cast):
    citing = DirectiveFactory(office=province.department, created_by=cast.staff.user, state="discarded")
    citing.references.create(number="215", symbol="SGDĐT-GDPT", raw="x", span_start=0, span_end=1)
    assert list(cited_by(cast.staff.user, issued_letter)) == []


def test_the_issuing_side_is_whoever_sees_the_office(issued_letter, cast):
    seen = {who for who in ("staff", "leader", "commune_officer", "principal", "outsider")
            if is_on_issuing_side(getattr(cast, who).user, issued_letter)}  # fmt: skip
    assert seen == {"staff", "leader"}


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("khao sat", 1),
        ("Khảo sát đồi chè", 1),
        ("hoa ban", 3),
        ("215/SGDĐT", 10),
        ("215 suoi may", 4),
        ("vang", 0),
    ],
)
def test_assignments_are_found_by_task_unit_and_number(issued_letter, q, found):
    assert search_assignments(Assignment.objects.all(), q).count() == found


def test_lists_do_not_read_whole_documents(cast, issued_letter):
    user, unit, period = cast.staff.user, issued_letter.office, month_period(2026, 11)
    lists = [
        listed_assignments(Assignment.objects.all()),
        open_for_month(unit, period),
        find_directives(user),
        cited_by(user, issued_letter),
        documents_of(user, unit, "draft"),
        open_tasks(unit),
    ]
    for column in WHOLE_TEXTS:
        named = f'"directives_directive"."{column}"'
        assert [named in str(rows.query).partition(" FROM ")[0] for rows in lists] == [False] * len(lists)


def test_units_are_looked_up_by_their_former_names_too(letter, province, cast, django_assert_num_queries):
    school = province.schools[0]
    was = (school.name, school.short_name)
    for name in ("Trường Tiểu học Khe Đá", "Trường Tiểu học Khe Đá Mới"):
        school.refresh_from_db()
        edit_unit(unit=school, version=school.version, name=name, short_name=was[1], phone="1", by=cast.admin)
    with django_assert_num_queries(2):
        found = {unit.pk: unit for unit in named_units(letter, TODAY)}
    assert (found[school.pk].name, found[school.pk].former) == (
        "Trường Tiểu học Khe Đá Mới",
        ("Trường Tiểu học Khe Đá", was[0]),
    )
    assert all(unit.former == () for unit in found.values() if unit.pk != school.pk)
