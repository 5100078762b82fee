"""Files that nothing refers to: gone after a day, and nothing else with them."""

import datetime as dt
import os

import pytest
from django.utils import timezone

from directives.actions.evidence import add_evidence, remove_evidence, send_evidence
from directives.models import Annex, Evidence
from eduportal.base.forms import KeptFile
from tests.directives.work import given, task_of
from tests.factories import DirectiveFactory
from trail.actions import enqueue, run_job, store_file
from trail.kinds import KINDS
from trail.models import Job, StoredFile
from trail.unused import forget_unused_files, remove_unused_bytes

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MOMENT = dt.timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


def kept(content=b"bien ban", name="bien-ban.txt"):
    return store_file(name=name, content=content, content_type="text/plain", unit_id=None)


def lies_there(stored):
    return StoredFile.storage().exists(stored.file.name)


def grow_old(stored, now):
    """As if the bytes had lain there for two days."""
    then = (now - 2 * DAY).timestamp()
    os.utime(StoredFile.storage().path(stored.file.name), (then, then))


def sweep(now):
    return forget_unused_files(now), remove_unused_bytes(now)


class TestRows:
    def test_one_that_nothing_refers_to_goes_after_a_day(self, now):
        stored = kept()
        grow_old(stored, now)
        assert sweep(now) == (0, 0)
        assert sweep(now + DAY - MOMENT) == (0, 0)
        assert lies_there(stored)
        assert sweep(now + DAY) == (1, 1)
        assert not StoredFile.objects.exists()
        assert not lies_there(stored)

    def test_what_documents_refer_to_stays(self, province, cast, now):
        original, annex = kept(b"cong van"), kept(b"phu luc")
        directive = DirectiveFactory(
            office=province.department, created_by=cast.staff.user, original=original
        )
        Annex.objects.create(
            directive=directive, file=annex, title="Phụ lục", position=1, added_by=cast.staff.user
        )
        for stored in (original, annex):
            grow_old(stored, now)
        assert [sweep(now + days * DAY) for days in (0, 1, 9)] == [(0, 0)] * 3
        assert lies_there(original)
        assert lies_there(annex)

    def test_evidence_that_was_taken_away_goes_and_what_was_sent_stays(self, province, cast, now):
        (work,) = given(task_of(province, cast), province.cloud_primary)
        files = [KeptFile(f"{name}.txt", name.encode(), "text/plain") for name in ("sai", "dung")]
        wrong, right = add_evidence(assignment=work, files=files, by=cast.clerk)
        remove_evidence(evidence=wrong, by=cast.clerk)
        send_evidence(assignment=work, by=cast.principal, now=now)
        for stored in (wrong.file, right.file):
            grow_old(stored, now)
        sweep(now)
        assert sweep(now + DAY) == (1, 1)
        assert (lies_there(wrong.file), lies_there(right.file)) == (False, True)
        assert Evidence.objects.get().file == right.file

    def test_a_spreadsheet_that_work_was_asked_for_stays(self, now):
        stored = kept()
        Job.objects.create(kind="sheet.check", args={"file_id": stored.pk, "resource": "people"})
        sweep(now)
        assert sweep(now + DAY) == (0, 0)

    def test_the_day_begins_again_for_one_that_was_used_in_between(self, province, cast, now):
        stored = kept()
        forget_unused_files(now)
        directive = DirectiveFactory(office=province.department, created_by=cast.staff.user, original=stored)
        forget_unused_files(now + MOMENT)
        directive.original = None
        directive.save()
        assert forget_unused_files(now + DAY + MOMENT) == 0
        assert forget_unused_files(now + 2 * DAY + MOMENT) == 1


class TestBytes:
    def test_equal_files_lie_there_once_and_go_with_the_last_row(self, province, cast, now):
        used, unused = kept(), kept(name="ban-sao.txt")
        assert used.file.name == unused.file.name
        DirectiveFactory(office=province.department, created_by=cast.staff.user, original=used)
        grow_old(used, now)
        sweep(now)
        assert sweep(now + DAY) == (1, 0)
        assert lies_there(used)

    def test_what_an_upload_left_behind_goes_when_it_is_old(self, now):
        stored = kept()
        StoredFile.objects.all().delete()
        assert remove_unused_bytes(now) == 0
        grow_old(stored, now)
        assert remove_unused_bytes(now) == 1

    def test_bytes_that_are_used_again_are_as_new(self, now):
        """The row of whoever uses them may not be committed yet: the sweep does not see it."""
        stored = kept()
        grow_old(stored, now)
        kept()
        StoredFile.objects.all().delete()
        assert remove_unused_bytes(now) == 0
        assert lies_there(stored)

    def test_an_empty_store_is_no_trouble(self, now):
        assert remove_unused_bytes(now) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_cost_does_not_grow_with_what_stays(province, cast, now, django_assert_num_queries, number):
    for place in range(number):
        stored = kept(f"cong van {place}".encode())
        DirectiveFactory(office=province.department, created_by=cast.staff.user, original=stored)
    with django_assert_num_queries(4):
        assert forget_unused_files(now) == 0


def test_the_nightly_job_says_what_it_took_away():
    job = enqueue("trail.sweep_files", key="", args={})
    run_job(job.pk)
    assert Job.objects.get(pk=job.pk).result == {"files": 0, "bytes_of": 0}
    assert KINDS["trail.sweep_files"].next_run is not None
