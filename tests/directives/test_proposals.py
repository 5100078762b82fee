"""What was read, as it is put before a person."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.naming import Who
from directives.proposals import Doubt, ProposedAddressee, propose
from directives.reading import Context, read_document
from tests.directives.samples import LETTER, NOTICE_BODY
from tests.directives.test_naming import BAN, CLOUD_PRIMARY, OFFICE, UNITS

CONTEXT = Context(today=dt.date(2026, 11, 22))


def proposals_of(text: str) -> dict:
    return {one.path: one for one in propose(read_document(text, context=CONTEXT), UNITS, OFFICE)}


@pytest.fixture(scope="module")
def found() -> dict:
    return proposals_of(LETTER)


def whom(proposal, role: str = "lead") -> list[Who]:
    return [one.who for one in proposal.addressees if one.role == role]


def test_whoever_is_addressed_leads_where_an_item_names_nobody(found):
    assert [who.level for who in whom(found["1"])] == [
        "preschool",
        "primary",
        "lower_secondary",
        "upper_secondary",
    ]
    assert found["1"].doubts == ()


def test_an_item_names_its_own(found):
    assert found["2"].addressees == (
        ProposedAddressee(Who("level", level="lower_secondary"), "lead", "Các trường THCS"),
    )
    assert whom(found["3"]) == [Who("unit", unit=CLOUD_PRIMARY), Who("unit", unit=BAN)]


def test_a_school_addressed_but_unknown_is_asked_about_where_the_address_counts():
    letter = LETTER.replace("Kính gửi:", "Kính gửi: Trường THCS Duyên Hải;", 1)
    proposals = proposals_of(letter)
    assert Doubt("unknown_unit", "Trường THCS Duyên Hải") in proposals["1"].doubts
    assert proposals["2"].doubts == ()


def test_an_office_that_only_receives_the_result_is_not_given_the_work():
    first = "1. Trường TH Suối Mây lập phương án, gửi UBND xã Suối Mây và Sở GDĐT.\n"
    proposals = proposals_of(first + "2. Các trường báo cáo Sở GDĐT.\n")
    assert whom(proposals["1"]) == [Who("unit", unit=CLOUD_PRIMARY)]
    assert whom(proposals["1"], "support") == whom(proposals["2"], "support") == []


def test_an_unknown_school_is_not_guessed(found):
    assert whom(found["4"]) == [Who("unit", unit=OFFICE)]
    assert found["4"].doubts == (Doubt("unknown_unit", "Trường THCS Duyên Hải"),)


def test_before_a_day_is_without_that_day(found):
    assert (found["1"].deadline, found["1"].deadline_raw) == (dt.date(2026, 12, 14), "trước ngày 15/12/2026")


def test_of_several_deadlines_the_earliest_is_proposed_and_all_are_named(found):
    assert found["5"].deadline == dt.date(2026, 11, 30)
    assert found["5"].doubts == (
        Doubt("several_deadlines", "trước ngày 01/12/2026; chậm nhất ngày 31/12/2026"),
    )


def test_headings_give_their_month_to_the_items_below():
    notice = proposals_of(NOTICE_BODY)
    assert [path for path, one in notice.items() if one.is_tracked] == ["II.1", "II.2", "II.3"]
    assert notice["II.3"].deadline == dt.date(2026, 11, 30)
    assert notice["II.1"].deadline == dt.date(2026, 11, 24)


def test_where_nobody_is_named_the_issuing_office_is_proposed_and_marked():
    text = "KẾ HOẠCH\nKiểm tra cuối năm\n\n1. Rà soát hồ sơ trước ngày 15/12/2026.\n2. Tổng hợp kết quả."
    proposal = proposals_of(text)["1"]
    assert whom(proposal) == [Who("unit", unit=OFFICE)]
    assert Doubt("nobody_named") in proposal.doubts


def test_those_above_lead_what_stands_below():
    text = (
        "KẾ HOẠCH\nKiểm tra cuối năm\n\n1. Các trường tiểu học\n"
        "a) Rà soát hồ sơ học sinh.\nb) Báo cáo kết quả trước ngày 15/12/2026."
    )
    assert whom(proposals_of(text)["1.b"]) == [Who("level", level="primary")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LETTER.splitlines(), *NOTICE_BODY.splitlines()]), max_size=20))
def test_every_item_is_proposed_and_all_work_has_somebody_who_leads(lines):
    reading = read_document("\n".join(lines), context=CONTEXT)
    proposals = propose(reading, UNITS, OFFICE)
    assert [one.path for one in proposals] == [item.path for item in reading.outline]
    assert all(whom(one) for one in proposals if one.is_tracked)
