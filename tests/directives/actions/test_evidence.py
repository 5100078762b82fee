"""Files beside work: the unit's own until they are sent, then a record that survives sending back."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from directives.actions import evidence as actions
from directives.actions import files as files_of_documents
from directives.actions.evidence import add_evidence, remove_evidence, send_evidence
from directives.actions.progress import (
    ProgressDraft,
    report_progress,
    save_progress,
    send_back,
    send_progress,
)
from directives.models import Evidence, ProgressEntry
from directives.reading import Extracted
from eduportal.base.errors import Refused
from eduportal.base.forms import KeptFile
from schools.actions import month_period
from tests.directives.reading.files.builders import plain_word
from tests.directives.work import NOW, fresh, given, picture, task_of
from tests.eduportal.base.test_thumbnails import photo as photo_of
from trail.models import AuditEvent, StoredFile


@pytest.fixture
def work(province, cast):
    (one,) = given(task_of(province, cast), province.cloud_primary)
    return one


def files() -> list[tuple[str, bool]]:
    return [(one.file.name, one.is_sent) for one in Evidence.objects.order_by("pk")]


def verbs(row) -> list[str]:
    return list(AuditEvent.objects.about(row).order_by("pk").values_list("verb", flat=True))


def test_what_is_laid_ready_is_sent_once_and_told_once(work, cast):
    add_evidence(assignment=work, files=[picture("a.png"), picture("b.png")], by=cast.clerk)
    assert files() == [("a.png", False), ("b.png", False)]
    assert verbs(work) == []  # others read the history of the work: what is not sent is not in it
    added = AuditEvent.objects.get(verb="evidence.added")
    assert (added.unit_id, added.data["files"]) == (work.unit_id, ["a.png", "b.png"])
    assert send_evidence(assignment=work, by=cast.principal, now=NOW) == 2
    assert send_evidence(assignment=work, by=cast.principal, now=NOW) == 0
    assert files() == [("a.png", True), ("b.png", True)]
    event = AuditEvent.objects.about(work).get()
    assert (event.verb, event.data) == ("assignment.evidence_sent", {"files": ["a.png", "b.png"]})


def test_a_file_is_taken_away_until_it_is_sent(work, cast):
    draft, kept = add_evidence(assignment=work, files=[picture("a.png"), picture("b.png")], by=cast.clerk)
    remove_evidence(evidence=draft, by=cast.clerk)
    send_evidence(assignment=work, by=cast.principal, now=NOW)
    for gone in (draft, kept):
        with pytest.raises(Refused):
            remove_evidence(evidence=gone, by=cast.principal)
    assert files() == [("b.png", True)]


def test_files_go_with_what_is_reported_between_months(work, cast):
    add_evidence(assignment=work, files=[picture("truoc.png")], by=cast.clerk)
    entry = report_progress(
        assignment=work, version=1, percent=40, note="", claims_done=False, by=cast.principal, now=NOW,
        files=[picture("kem.png")],
    )  # fmt: skip
    sent = Evidence.objects.order_by("pk").values_list("file__name", "entry", "sent_at")
    assert list(sent) == [("truoc.png", None, NOW), ("kem.png", entry.pk, NOW)]


def test_files_of_a_month_wait_for_it_and_go_with_it(work, cast):
    november, december = month_period(2026, 11), month_period(2026, 12)
    for period, name in ((november, "11.png"), (december, "12.png")):
        draft = ProgressDraft(work, percent=10, files=(picture(name),))
        save_progress(unit=work.unit, period=period, drafts=[draft], by=cast.clerk)
    assert send_evidence(assignment=work, by=cast.principal, now=NOW) == 0
    send_progress(unit=work.unit, period=november, by=cast.principal, now=NOW)
    assert files() == [("11.png", True), ("12.png", False)]
    assert ProgressEntry.objects.get(period=november).evidence.get().file.name == "11.png"


def test_another_units_files_are_not_sent_along(work, cast, province):
    (other,) = given(work.task, province.orchid_preschool)
    add_evidence(assignment=other, files=[picture("khac.png")], by=cast.neighbour)
    send_progress(unit=work.unit, period=month_period(2026, 11), by=cast.principal, now=NOW)
    assert files() == [("khac.png", False)]


def test_evidence_survives_sending_back(work, cast):
    report_progress(
        assignment=work, version=1, percent=100, note="", claims_done=True, by=cast.principal, now=NOW,
        files=[picture()],
    )  # fmt: skip
    send_back(assignment=fresh(work), reason="Thiếu dấu", by=cast.staff)
    assert files() == [("bien-ban.png", True)]


@pytest.mark.parametrize("state", ["paused", "cancelled", "refused"])
def test_nothing_is_added_to_work_that_stands_outside(work, cast, state):
    type(work).objects.update(state=state)
    with pytest.raises(Refused):
        add_evidence(assignment=work, files=[picture()], by=cast.clerk)
    assert files() == []


def test_too_many_are_refused_together(work, cast, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FILES", 2)
    add_evidence(assignment=work, files=[picture()], by=cast.clerk)
    with pytest.raises(Refused):
        add_evidence(assignment=work, files=[picture("b.png"), picture("c.png")], by=cast.clerk)
    assert files() == [("bien-ban.png", False)]


SECRET = KeptFile("mat.docx", plain_word("TUYỆT MẬT\nDanh sách học sinh"), "application/x")


def lay_ready(work, by):
    add_evidence(assignment=work, files=[picture(), SECRET], by=by)


def report(work, by):
    report_progress(
        assignment=work, version=1, percent=40, note="", claims_done=False, by=by, now=NOW, files=[SECRET]
    )


@pytest.mark.parametrize("give", [lay_ready, report])
def test_a_state_secret_is_no_evidence_and_is_not_stored(work, cast, give):
    with pytest.raises(Refused) as refusal:
        give(work, cast.principal)
    assert [part in str(refusal.value.message) for part in ("mat.docx", "TUYỆT MẬT")] == [True, True]
    left = [model.objects.count() for model in (Evidence, StoredFile, ProgressEntry)]
    assert left == [0, 0, 0]
    assert not default_storage.exists("files") or default_storage.listdir("files") == ([], [])


def test_files_are_read_before_a_transaction_opens(work, cast, monkeypatch):
    depth, opened = len(connection.savepoint_ids), []

    def read(content: bytes) -> Extracted:
        opened.append(len(connection.savepoint_ids) - depth)
        return Extracted("")

    monkeypatch.setattr(files_of_documents, "text_of_file", read)
    add_evidence(assignment=work, files=[picture()], by=cast.clerk)
    report_progress(
        assignment=work, version=1, percent=40, note="", claims_done=False, by=cast.principal, now=NOW,
        files=[picture()],
    )  # fmt: skip
    assert opened == [0, 0]


class TestThumbnails:
    def test_a_photo_has_a_small_picture_beside_it(self, work, cast):
        photo = KeptFile("anh-lop.jpg", photo_of((1600, 1200)), "image/jpeg")
        [kept] = add_evidence(assignment=work, files=[photo], by=cast.clerk)
        assert (kept.thumbnail.name, kept.thumbnail.content_type) == ("anh-lop.jpg", "image/jpeg")
        assert kept.thumbnail.size < kept.file.size
        assert kept.thumbnail.unit_id == work.unit_id

    def test_what_is_no_photo_or_damaged_is_kept_without(self, work, cast):
        word = KeptFile("bien-ban.docx", plain_word("Biên bản"), "application/msword")
        kept = add_evidence(assignment=work, files=[word, picture()], by=cast.clerk)
        assert [one.thumbnail for one in kept] == [None, None]
