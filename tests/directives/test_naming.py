"""Words of documents to the units they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.naming import NamedUnit, Who, normal, resolve

OFFICE, CLOUD, TEA, BAN, CLOUD_PRIMARY, COMBINED, HIGH, BOARDING, DIVISION, TWIN, OTHER_TWIN, CENTRE = range(
    1, 13
)
UNITS = [
    NamedUnit(OFFICE, "Sở GDĐT tỉnh Ngọc Sơn", "Sở GDĐT", "department"),
    NamedUnit(CLOUD, "UBND xã Suối Mây", "Xã Suối Mây", "commune"),
    NamedUnit(TEA, "UBND xã Đồi Chè", "Xã Đồi Chè", "commune"),
    NamedUnit(BAN, "Trường Mầm non Hoa Ban", "MN Hoa Ban", "school"),
    NamedUnit(CLOUD_PRIMARY, "Trường Tiểu học Suối Mây", "TH Suối Mây", "school"),
    NamedUnit(COMBINED, "Trường Tiểu học và Trung học cơ sở Đồi Chè", "TH&THCS Đồi Chè", "school"),
    NamedUnit(HIGH, "Trường Trung học phổ thông Ngọc Sơn", "THPT Ngọc Sơn", "school"),
    NamedUnit(BOARDING, "Trường PTDTBT Tiểu học Nậm Lúc", "PTDTBT TH Nậm Lúc", "school"),
    NamedUnit(DIVISION, "Phòng Giáo dục Tiểu học", "P. GDTH", "internal"),
    NamedUnit(TWIN, "Trường PTDTBT Tiểu học và Trung học cơ sở Khe Mây", "PTDTBT TH&THCS Khe Mây", "school"),
    NamedUnit(
        OTHER_TWIN, "Trường PTDTBT Tiểu học và Trung học cơ sở Khe Bưởi", "PTDTBT TH&THCS Khe Bưởi", "school"
    ),
    NamedUnit(CENTRE, "Trung tâm GDNN-GDTX Khe Mây", "TT GDNN-GDTX Khe Mây", "school"),
]
ALL = [Who("all_schools")]


def levels(*codes: str) -> list[Who]:
    return [Who("level", level=code) for code in codes]


def units(*pks: int) -> list[Who]:
    return [Who("unit", unit=pk) for pk in pks]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("các trường", ALL),
        ("Hiệu trưởng", ALL),
        ("Hiệu trưởng các trường", ALL),
        ("Các đơn vị trường học trực thuộc", ALL),
        ("Các nhà trường trên địa bàn thành phố", ALL),
        ("Thủ trưởng các đơn vị, trường học", ALL),
        ("Toàn ngành", ALL),
        ("các trường THCS", levels("lower_secondary")),
        ("các cơ sở GDMN", levels("preschool")),
        ("các trường tiểu học và trung học cơ sở", levels("primary", "lower_secondary")),
        ("các trường MN, TH, THCS, TH&THCS", levels("preschool", "primary", "lower_secondary")),
        ("các trường phổ thông", levels("primary", "lower_secondary", "upper_secondary")),
        ("Hiệu trưởng các trường tiểu học", levels("primary")),
        ("trường MN Hoa Ban, TH Suối Mây", units(BAN, CLOUD_PRIMARY)),
        ("Trường Tiểu học và THCS Đồi Chè", units(COMBINED)),
        ("các trường: MN Hoa Ban, THPT Ngọc Sơn", units(BAN, HIGH)),
        ("các trường trọng điểm (MN Hoa Ban và TH Suối Mây)", units(BAN, CLOUD_PRIMARY)),
        ("truong tieu hoc suoi may", units(CLOUD_PRIMARY)),
        ("Trường TH Nậm Lúc", units(BOARDING)),
        ("trường PTDTBT TH Nậm Lúc", units(BOARDING)),
        ("các trường TH Suối Mây, Nậm Lúc", units(CLOUD_PRIMARY, BOARDING)),
        ("Sở GD&ĐT", units(OFFICE)),
        ("Sở Giáo dục và Đào tạo", units(OFFICE)),
        ("UBND xã Đồi Chè", units(TEA)),
        ("Phối hợp với UBND các xã, phường", units(CLOUD, TEA)),
        ("Phòng Giáo dục Tiểu học", units(DIVISION)),
        ("các trường trên địa bàn tỉnh Ngọc Sơn", ALL),
        ("UBND các xã Suối Mây, Đồi Chè", units(CLOUD, TEA)),
        ("UBND xã Suối Mây và xã Đồi Chè", units(CLOUD, TEA)),
        ("UBND cấp xã", units(CLOUD, TEA)),
        ("Phòng VH-XH các xã, phường", units(CLOUD, TEA)),
        ("trường PT DTBT TH Nậm Lúc", units(BOARDING)),
        ("PTDTBT TH&THCS Khe Mây, Khe Bưởi", units(TWIN, OTHER_TWIN)),
        ("GDNN-GDTX Khe Mây", units(CENTRE)),
    ],
)
def test_words_that_are_clear(words, found):
    resolution = resolve(words, UNITS, OFFICE)
    assert (resolution.found, resolution.unknown, resolution.near) == (found, [], [])


@pytest.mark.parametrize(
    "words",
    [
        "Trường Mầm non Hoa Sen",
        "THCS Suối Mây",
        "Suối Mây",
        "trạm y tế xã",
        "Các đơn vị trường trong lộ trình kiểm định chất lượng năm 2026",
        "Phòng GD&ĐT",
        "Các trường trên địa bàn xã Suối Mây",
        "các trường THCS trên địa bàn xã Suối Mây",
    ],
)
def test_what_is_unknown_or_ambiguous_is_never_guessed(words):
    resolution = resolve(words, UNITS, OFFICE)
    assert (resolution.found, resolution.unknown) == ([], [words])


def test_schools_of_its_own_commune_are_all_that_a_commune_has():
    assert resolve("các trường trên địa bàn xã Suối Mây", UNITS, CLOUD).found == ALL


def test_one_unknown_name_does_not_hide_the_others():
    resolution = resolve("trường MN Hoa Ban, Hoa Sen", UNITS, OFFICE)
    assert resolution.found == units(BAN)
    assert resolution.unknown == ["Hoa Sen"]


def test_a_slip_is_found_and_said():
    resolution = resolve("TH Suối Mâyy", UNITS, OFFICE)
    assert (resolution.found, resolution.near) == (units(CLOUD_PRIMARY), ["TH Suối Mâyy"])


FORMERLY = [
    NamedUnit(
        1, "Trường Tiểu học Suối Mây", "TH Suối Mây", "school", former=("Trường Tiểu học Khe Đá", "TH Khe Đá")
    ),
    NamedUnit(
        2, "Trường PTDTBT THCS Khe Mây", "PTDTBT THCS Khe Mây", "school", former=("PTDTBT THCS Bản Lùng",)
    ),
    NamedUnit(3, "Trường Tiểu học Đồi Thông", "TH Đồi Thông", "school", former=("TH Suối Mây", "TH Bến Cũ")),
    NamedUnit(4, "Trường Tiểu học Sông Xanh", "TH Sông Xanh", "school", former=("TH Bến Cũ",)),
]


@pytest.mark.parametrize(
    ("words", "found", "near", "unknown"),
    [
        ("Trường TH Khe Đá", [1], ["Trường TH Khe Đá"], []),
        ("truong thcs ban lung", [2], ["truong thcs ban lung"], []),
        # A name that a school bears now is that school's, whoever bore it before.
        ("TH Suối Mây", [1], [], []),
        ("TH Bến Cũ", [], [], ["TH Bến Cũ"]),
    ],
)
def test_a_former_name_is_found_and_said(words, found, near, unknown):
    resolution = resolve(words, FORMERLY)
    assert (resolution.found, resolution.near, resolution.unknown) == (units(*found), near, unknown)


def test_a_slip_between_two_names_is_not_decided():
    twins = [
        NamedUnit(1, "Trường Tiểu học Hòa Bình 1", "TH Hòa Bình 1", "school"),
        NamedUnit(2, "Trường Tiểu học Hòa Bình 2", "TH Hòa Bình 2", "school"),
    ]
    assert resolve("Trường Tiểu học Hòa Bình", twins).unknown == ["Trường Tiểu học Hòa Bình"]


def test_a_name_borne_twice_is_not_decided():
    twins = [NamedUnit(pk, "Trường Tiểu học Sơn Ca", "TH Sơn Ca", "school") for pk in (1, 2)]
    assert resolve("TH Sơn Ca", twins).unknown == ["TH Sơn Ca"]


def test_forms_of_one_name_are_alike():
    forms = ["Trường Tiểu học và Trung học cơ sở Đồi Chè", "TH&THCS Đồi Chè", "trường TH và THCS đồi chè"]
    assert {normal(form) for form in forms} == {"th&thcs doi che"}


@given(st.text(max_size=120))
def test_any_words_resolve_without_an_error(words):
    resolution = resolve(words, UNITS, OFFICE)
    assert all(one.unit in range(1, 10) for one in resolution.found if one.kind == "unit")


def test_a_name_that_begins_like_a_word_for_a_place_is_still_a_name():
    schools = [
        NamedUnit(1, "Trường Mầm non Phương Đông", "MN Phương Đông", "school"),
        NamedUnit(2, "Trường Mầm non Điền Công", "MN Điền Công", "school"),
    ]
    assert resolve("trường MN Phương Đông, Điền Công", schools).found == units(1, 2)
