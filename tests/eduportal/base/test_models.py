"""Two editors of one row; rows in force for a time."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.errors import EditConflict, Refused
from schools.models import Office, OfficeLink, Unit
from schools.models.structure import LinkKind
from tests.factories import OPENED, DirectiveFactory

days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 12))


@pytest.fixture
def directive(province):
    return DirectiveFactory(office=province.department)


def copy_of(row):
    """The same row as another person has it open."""
    return type(row).objects.get(pk=row.pk)


class TestClaim:
    def test_the_first_to_save_gets_the_next_version(self, directive):
        directive.claim(1)
        assert (directive.version, copy_of(directive).version) == (2, 2)

    def test_the_second_to_save_is_told_and_shown_what_is_stored(self, directive):
        first, second = copy_of(directive), copy_of(directive)
        first.subject = "Bản của người thứ nhất"
        first.claim(1)
        first.save()
        with pytest.raises(EditConflict) as caught:
            second.claim(1)
        assert (caught.value.current.subject, caught.value.current.version) == ("Bản của người thứ nhất", 2)
        assert copy_of(directive).version == 2

    def test_whoever_has_seen_the_stored_row_may_save_over_it(self, directive):
        copy_of(directive).claim(1)
        directive.claim(2)
        assert copy_of(directive).version == 3

    def test_a_version_from_the_future_is_refused(self, directive):
        with pytest.raises(EditConflict):
            directive.claim(7)

    def test_a_row_removed_meanwhile_is_said_to_be_so(self, directive):
        other = copy_of(directive)
        directive.delete()
        with pytest.raises(Refused):
            other.claim(1)

    def test_one_query(self, directive, django_assert_num_queries):
        with django_assert_num_queries(1):
            directive.claim(1)

    def test_of_a_child_table_the_row_that_holds_the_version_is_claimed_in_one_statement(
        self, province, django_assert_num_queries
    ):
        office = Office.objects.get(pk=province.department.pk)
        with django_assert_num_queries(1):
            office.claim(1)
        assert Unit.objects.get(pk=office.pk).version == 2
        with pytest.raises(EditConflict) as caught:
            province.department.claim(1)
        assert isinstance(caught.value.current, Office)

    def test_what_is_rolled_back_was_not_claimed(self, directive):
        with transaction.atomic():
            directive.claim(1)
            transaction.set_rollback(True)
        assert copy_of(directive).version == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_of_two_saving_at_the_same_moment_one_wins(province):
    """The second waits for the first's transaction, then finds the row changed."""
    directive = DirectiveFactory(office=province.department)
    first_has_claimed, outcomes = threading.Event(), []

    def second():
        first_has_claimed.wait(5)
        try:
            copy_of(directive).claim(1)
            outcomes.append("saved")
        except EditConflict as conflict:
            outcomes.append(conflict.current.subject)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        mine = copy_of(directive)
        mine.claim(1)
        first_has_claimed.set()
        mine.subject = "Bản của người thứ nhất"
        mine.save()
        thread.join(0.5)
        assert outcomes == []
    thread.join(5)
    assert outcomes == ["Bản của người thứ nhất"]


class TestDated:
    @given(start=days, end=days | st.none(), day=days)
    def test_in_force_from_its_first_day_up_to_and_without_its_last(self, start, end, day):
        row = OfficeLink(valid_from=start, valid_to=end)
        assert row.is_in_force(day) == (day >= start and (end is None or day < end))

    @pytest.mark.parametrize("through_a_relation", [False, True])
    def test_the_database_says_the_same_of_every_day(self, province, through_a_relation):
        january = [dt.date(2026, 1, n) for n in range(1, 13)]
        OfficeLink.objects.all().delete()
        links = OfficeLink.objects.bulk_create(
            OfficeLink(
                child=province.tea_commune,
                parent=province.department,
                kind=LinkKind.PROFESSIONAL,
                valid_from=start,
                valid_to=end,
            )
            for start in january[::3]
            for end in [None, *[day for day in january[::2] if day > start]]
        )
        for day in january:
            if through_a_relation:
                offices = Office.objects.on(day, "child_links__").filter(pk=province.department.pk)
                found = set(offices.values_list("child_links", flat=True))
            else:
                found = set(OfficeLink.objects.on(day).values_list("pk", flat=True))
            assert found == {link.pk for link in links if link.is_in_force(day)}

    @pytest.mark.parametrize("end", [OPENED, OPENED - dt.timedelta(days=1)])
    def test_a_row_cannot_end_before_it_began(self, province, end):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeLink.objects.create(
                child=province.tea_commune,
                parent=province.department,
                kind=LinkKind.PROFESSIONAL,
                valid_from=OPENED,
                valid_to=end,
            )
