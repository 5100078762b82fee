"""What is to be handed in, to whom and by when."""

import datetime

import pytest

from .phrases import read_section, read_task

DAY = datetime.date(2026, 4, 19)


@pytest.mark.parametrize(
    ("sentence", "kind", "raw", "recipient", "due"),
    [
        ("Các trường gửi báo cáo về Phòng trước ngày 20/4/2026.", "report", "báo cáo", "Phòng", DAY),
        (
            "Các trường lập danh sách, nộp về Sở GD&ĐT trước ngày 20/4/2026.",
            "list",
            "danh sách",
            "Sở GD&ĐT",
            DAY,
        ),
        ("Xây dựng kế hoạch, trình UBND xã trước ngày 20/4/2026.", "plan", "kế hoạch", "UBND xã", DAY),
        ("Các trường báo cáo kết quả về Sở.", "report", "kết quả", "Sở", None),
        ("Nộp hồ sơ về Phòng Nội vụ.", "dossier", "hồ sơ", "Phòng Nội vụ", None),
        ("Gửi phiếu đăng ký.", "registration", "phiếu đăng ký", None, None),
        ("Tổng hợp số liệu gửi về Văn phòng Sở.", "figures", "số liệu", "Văn phòng Sở", None),
    ],
)
def test_a_product(sentence, kind, raw, recipient, due):
    [product] = read_task(sentence).products
    assert (product.kind, product.raw, product.recipient, product.due) == (kind, raw, recipient, due)


def test_the_limit_is_that_of_its_own_sentence():
    [product] = read_task("Gửi báo cáo về Sở. Hoàn thành trước ngày 20/4/2026.").products
    assert (product.due, product.due_raw) == (None, None)


def test_a_recurring_product_keeps_how_it_was_printed():
    [product] = read_task("Các trường gửi báo cáo về Phòng trước ngày 25 hằng tháng.").products
    assert (product.due, product.due_raw) == (None, "trước ngày 25 hằng tháng")


@pytest.mark.parametrize(
    "sentence", ["Các trường rà soát báo cáo.", "Báo cáo viên tập huấn.", "Thực hiện kế hoạch."]
)
def test_what_is_only_named_is_not_handed_in(sentence):
    assert read_task(sentence).products == ()


def test_results_hand_nothing_in():
    assert read_section("ĐÁNH GIÁ KẾT QUẢ", "Các trường đã gửi báo cáo về Sở.").products == ()
