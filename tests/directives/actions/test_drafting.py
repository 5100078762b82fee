"""Entering a document and correcting what stands around it."""

import datetime as dt

import pytest

from directives.actions.drafting import OriginalFile, draft_directive, revise_header, revise_text
from directives.models import Directive, ReadTarget, Reference, Task
from eduportal.base.errors import EditConflict, Refused
from tests.conftest import TODAY
from tests.directives.samples import LETTER, NOTICE_BODY
from trail.models import AuditEvent, StoredFile


def test_a_letter_is_read_when_it_is_entered(letter):
    assert (letter.kind, letter.number, letter.symbol) == ("cong_van", "215", "SGDĐT-GDPT")
    assert (letter.place, letter.issued_on) == ("Ngọc Sơn", dt.date(2026, 11, 2))
    assert letter.subject == "chuẩn bị sơ kết học kỳ I năm học 2026-2027"
    assert letter.signer_authority == "KT."
    assert (letter.signer_title, letter.signer_name) == ("PHÓ GIÁM ĐỐC", "Hoàng Văn Thái")
    assert letter.recipients.splitlines()[1] == "UBND tỉnh (b/c)"
    assert letter.state == "draft"
    assert letter.reading["header"]["number"] == "215"


def test_its_items_are_proposed_as_tasks_in_their_order(letter, province):
    tasks = list(letter.tasks.all())
    assert [(task.path, task.position, task.is_tracked) for task in tasks] == [
        (str(n + 1), n, True) for n in range(5)
    ]
    assert [task.deadline for task in tasks] == [
        dt.date(2026, 12, 14),
        dt.date(2026, 12, 20),
        dt.date(2026, 12, 31),
        None,
        dt.date(2026, 11, 30),
    ]
    assert {one.unit_id for one in tasks[2].addressees.all()} == {
        province.cloud_primary.pk,
        province.orchid_preschool.pk,
    }
    start, end = tasks[1].span_start, tasks[1].span_end
    assert letter.text[start:end].startswith("2. Các trường THCS")


def test_references_and_targets_are_kept(letter):
    reference = Reference.objects.get(directive=letter)
    assert (reference.number, reference.symbol, reference.dated) == ("118", "KH-UBND", dt.date(2026, 8, 12))
    target = ReadTarget.objects.get(directive=letter)
    assert (target.path, target.value, target.unit) == ("3", 98, "%")


def test_items_hang_under_their_headings(notice):
    heading = notice.tasks.get(path="II")
    assert set(notice.tasks.filter(parent=heading).values_list("path", flat=True)) == {"II.1", "II.2", "II.3"}
    assert not heading.is_tracked


def test_a_document_written_here_takes_the_letterhead_and_waits_for_its_number(notice):
    assert (notice.symbol, notice.place) == ("TB-SGDĐT", "Ngọc Sơn")
    assert (notice.number, notice.issued_on) == ("", None)
    assert notice.subject == "Kết luận hội nghị giao ban tháng 11 năm 2026"


def test_the_original_file_is_kept(cast, province):
    original = OriginalFile(name="cong-van.txt", content=LETTER.encode())
    directive = draft_directive(
        office=province.department, text=LETTER, by=cast.staff, today=TODAY, original=original
    )
    with directive.original.file.open("rb") as file:
        assert file.read() == LETTER.encode()
    assert (directive.original.name, directive.original.unit_id) == ("cong-van.txt", province.department.pk)


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_state_secrets_are_refused_before_anything_is_stored(cast, province, mark):
    with pytest.raises(Refused, match=mark):
        draft_directive(
            office=province.department,
            text=f"{mark}\n\n{LETTER}",
            by=cast.staff,
            today=TODAY,
            original=OriginalFile(name="a.txt", content=b"a"),
        )
    assert (Directive.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["", " \n\u200b\n ", "a" * 1_000_001])
def test_texts_that_are_empty_or_too_long_are_refused(cast, province, text):
    with pytest.raises(Refused):
        draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)


def test_entering_is_written_down(letter, cast):
    event = AuditEvent.objects.about(letter).get()
    assert (event.verb, event.actor_id, event.unit_id) == (
        "directive.drafted",
        cast.staff.user_id,
        letter.office_id,
    )


@pytest.mark.shared
def test_real_documents_are_entered(cast, province, real_document):
    directive = draft_directive(office=province.department, text=real_document, by=cast.staff, today=TODAY)
    assert Task.objects.filter(directive=directive).count() == len(directive.reading["outline"])
    assert directive.tasks.to_track().exclude(addressees__role="lead").count() == 0


def test_the_head_is_corrected(letter, cast):
    revise_header(directive=letter, version=1, values={"number": "7", "subject": "Sơ kết"}, by=cast.staff)
    letter.refresh_from_db()
    assert (letter.number, letter.subject, letter.version) == ("07", "Sơ kết", 2)
    assert "so ket" in letter.search_key
    event = AuditEvent.objects.about(letter).first()
    assert event.data["subject"] == ["chuẩn bị sơ kết học kỳ I năm học 2026-2027", "Sơ kết"]


def test_the_second_to_save_a_head_is_told(letter, cast):
    stale = Directive.objects.get(pk=letter.pk)
    revise_header(directive=letter, version=1, values={"subject": "Một"}, by=cast.staff)
    with pytest.raises(EditConflict) as conflict:
        revise_header(directive=stale, version=1, values={"subject": "Hai"}, by=cast.staff)
    assert conflict.value.current.subject == "Một"


def test_an_issued_document_is_not_corrected(issued_letter, cast):
    with pytest.raises(Refused):
        revise_header(
            directive=issued_letter, version=issued_letter.version, values={"subject": "Khác"}, by=cast.staff
        )
    issued_letter.refresh_from_db()
    assert issued_letter.subject == "chuẩn bị sơ kết học kỳ I năm học 2026-2027"


def test_the_text_of_a_signed_document_stays(letter, cast):
    with pytest.raises(Refused):
        revise_text(directive=letter, version=1, text="khác", by=cast.staff, today=TODAY)


def test_a_new_text_is_read_again(notice, cast):
    text = NOTICE_BODY.replace("trước ngày 20/11/2026", "trước ngày 28/11/2026")
    revise_text(directive=notice, version=1, text=text, by=cast.staff, today=TODAY)
    notice.refresh_from_db()
    assert notice.text == text
    assert notice.tasks.get(path="II.2").deadline == dt.date(2026, 11, 27)
    assert notice.tasks.count() == 5


def test_only_what_changed_is_written_down(letter, cast):
    values = {"recipients": letter.recipients.replace("\n", "\r\n"), "place": " Ngọc Sơn ", "number": "215"}
    revise_header(directive=letter, version=1, values=values, by=cast.staff)
    assert [event.verb for event in AuditEvent.objects.about(letter)] == ["directive.drafted"]
