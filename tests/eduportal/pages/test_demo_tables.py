"""The tables of the demo: nobody and nothing is taken for somebody or something else."""

from collections import Counter
from itertools import combinations

from rapidfuzz import fuzz

from directives.naming import NEAR_ENOUGH, normal
from eduportal.pages.demo.tables import FULL, SIZES, SMALL


def kinds(schools) -> Counter[str]:
    return Counter(plan.short_name.removeprefix("PTDTBT ").split()[0] for plan in schools)


def test_what_the_province_has() -> None:
    assert kinds(FULL.schools) == {"MN": 17, "TH": 11, "THCS": 8, "TH&THCS": 8, "THPT": 2, "GDNN-GDTX": 1}
    assert Counter(plan.office for plan in FULL.schools) == {
        "suoimay": 7, "doiche": 7, "benngoc": 8, "nakhuong": 7, "thacvang": 7, "daxanh": 8, "so": 3
    }  # fmt: skip
    assert sum(plan.is_upland for plan in FULL.schools) == 7
    assert [plan.code for plan in FULL.communes] == [f"NS-{number:02d}" for number in range(1, 7)]


def test_the_small_province_is_part_of_it() -> None:
    assert kinds(SMALL.schools) == {"MN": 3, "TH": 2, "THCS": 3, "TH&THCS": 2, "THPT": 2}
    assert set(SMALL.schools) < set(FULL.schools)
    assert set(SMALL.communes) < set(FULL.communes)
    assert set(SMALL.accounts) < set(FULL.accounts)
    assert SIZES == {"full": FULL, "small": SMALL}


def test_nothing_stands_there_twice() -> None:
    for column in ("key", "name", "short_name"):
        assert len({getattr(plan, column) for plan in FULL.schools}) == 47, column
    for column in ("code", "name", "phone"):
        assert len({getattr(plan, column) for plan in (*FULL.schools, *FULL.communes)}) == 53, column
    assert len({plan.key for plan in FULL.communes}) == 6
    assert len({one.username for one in FULL.accounts}) == len({one.full_name for one in FULL.accounts}) == 73


def test_no_name_could_be_a_slip_for_another() -> None:
    """Of schools of one kind, as the reader of documents compares them."""
    near = [
        (one.short_name, other.short_name)
        for one, other in combinations(FULL.schools, 2)
        if kinds([one]) == kinds([other])
        and fuzz.ratio(normal(one.short_name), normal(other.short_name)) >= NEAR_ENOUGH
    ]
    assert near == []


def test_everybody_is_there() -> None:
    """In each school a principal, in each commune staff and a leader, in the department everybody."""
    roles: dict[str, list[str]] = {}
    for one in FULL.accounts:
        roles.setdefault(one.unit, []).append(one.role)
    assert {plan.key for plan in FULL.schools if "principal" in roles[plan.key]} == {
        plan.key for plan in FULL.schools
    }
    assert [roles[f"xa:{plan.key}"] for plan in FULL.communes] == [["staff", "leader"]] * 6
    assert sorted(roles["so"]) == ["admin", "leader", "registrar", "staff"]
    assert [one.username for one in FULL.accounts if one.role == "principal"] == [
        f"ht.{one.unit}" for one in FULL.accounts if one.role == "principal"
    ]
