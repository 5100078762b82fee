from dataclasses import replace
from datetime import date

import pytest

from directives.writing.body import parse_body
from directives.writing.checks import Fault, check, dates_in
from directives.writing.document import Signature
from tests.directives.writing.samples import COMMUNE_NOTICE, DECISION, LETTER, NOTICE, with_body


@pytest.mark.parametrize("document", [NOTICE, LETTER, COMMUNE_NOTICE, DECISION])
def test_the_samples_are_without_fault(document):
    assert check(document) == []


def test_only_a_draft_may_lack_number_and_date():
    assert check(replace(COMMUNE_NOTICE, draft=False)) == [Fault("number_missing"), Fault("date_missing")]


def test_missing_parts():
    empty = replace(
        LETTER, place="", subject="", addressees=(), body=(), signature=Signature((), "GIÁM ĐỐC", "")
    )
    assert [fault.code for fault in check(empty)] == [
        "place_missing",
        "subject_missing",
        "addressees_missing",
        "body_missing",
        "signer_missing",
    ]


@pytest.mark.parametrize("symbol", ["TB - SGDĐT", "TB/SGDĐT", "", "TB-", "-SGDĐT"])
def test_malformed_symbols(symbol):
    assert Fault("symbol_malformed", symbol) in check(replace(NOTICE, symbol=symbol))


def test_the_symbol_belongs_to_the_kind():
    assert check(replace(NOTICE, symbol="KH-SGDĐT")) == [Fault("symbol_not_of_kind", "KH-SGDĐT")]
    assert check(replace(NOTICE, kind="THÔNG ĐIỆP")) == [Fault("kind_unknown", "THÔNG ĐIỆP")]


def test_no_document_rests_on_what_came_after_it():
    late = "Căn cứ Kế hoạch số 9/KH-UBND ngày 06/02/2026 của UBND tỉnh;"
    same_day = "Căn cứ Quyết định số 8/QĐ-UBND ngày 05 tháng 02 năm 2026;"
    assert check(replace(NOTICE, bases=(same_day, late))) == [Fault("date_before_basis", late)]
    assert check(with_body(f"{late}\nSở thông báo.")) == [Fault("date_before_basis", late)]
    assert check(replace(COMMUNE_NOTICE, bases=(late,))) == []


def test_dates_in_a_text():
    text = (
        "số 16/2021/NĐ-CP ngày 16/12/2022, Ngày 09 tháng 9 năm 2022, 31/02/2022, 1.3.2024, năm học 2025-2026"
    )
    assert dates_in(text) == [date(2022, 9, 9), date(2022, 12, 16), date(2024, 3, 1)]


def test_lists_end_as_they_must():
    body = "1. Việc:\na) Rà soát\nb) Báo cáo;\n2. Các xã:\n- Xã A;\n+ thôn B;\n- Xã C.\nHết"
    assert check(with_body(body)) == [
        Fault("list_item_unended", "Rà soát"),
        Fault("list_unclosed", "Báo cáo;"),
    ]


def test_the_end_of_the_body_is_closed_in_print():
    assert check(with_body("Gồm:\n- Xã A;\n- Xã B;")) == []


def test_items_run_on_without_gap():
    body = parse_body("I. Một\n1. A.\n3. B.\nII. Hai\n1. C.\nd) D.\nIV. Bốn\nE.")
    assert check(replace(NOTICE, body=body)) == [
        Fault("item_out_of_order", "3. B."),
        Fault("item_out_of_order", "d) D."),
        Fault("item_out_of_order", "IV. Bốn"),
    ]


def test_articles_run_on_over_their_points():
    assert check(with_body("Điều 1. A:\n1. B.\n2. C.\nĐiều 2. D:\n1. E.")) == []


@pytest.mark.parametrize("name", ["TS. Lương Văn Khải", "ThS Lương Văn Khải", "PGS.TS. Lương Văn Khải"])
def test_signers_have_no_academic_title(name):
    signed = replace(NOTICE, signature=replace(NOTICE.signature, name=name))
    assert check(signed) == [Fault("signer_with_academic_title", name)]


def test_a_name_may_begin_like_a_title():
    assert check(replace(NOTICE, signature=replace(NOTICE.signature, name="Tsần A Sinh"))) == []
