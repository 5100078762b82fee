"""The tables of the demo under `data/`, and how much of them is loaded. A school more is a line more.

`small` marks the lines that the small size keeps. How big a school is stands as "classes/pupils" under each
level that it teaches, as of the last closed month. `office` and `unit` are keys of other lines: `so` is the
department, `xa:` goes before the key of a commune. Accounts whose unit is not loaded are not opened.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accounts.models import RoleCode
from schools.models import Level

DATA = Path(__file__).parent / "data"
DEPARTMENT, DIVISION, COMMUNE_PREFIX = "so", "tieuhoc", "xa:"


@dataclass(frozen=True)
class CommunePlan:
    key: str
    code: str
    name: str
    superior: str
    place: str
    phone: str


@dataclass(frozen=True)
class Cohort:
    """One level of a school at its size in the last closed month."""

    level: str
    classes: int
    pupils: int


@dataclass(frozen=True)
class SchoolPlan:
    """A school, the office it belongs to, and how many children it has."""

    key: str
    code: str
    name: str
    short_name: str
    office: str
    phone: str
    cohorts: tuple[Cohort, ...]
    in_small: bool

    @property
    def classes(self) -> int:
        return sum(cohort.classes for cohort in self.cohorts)

    @property
    def pupils(self) -> int:
        return sum(cohort.pupils for cohort in self.cohorts)

    @property
    def is_upland(self) -> bool:
        """A boarding school (PTDTBT): its pupils come from far, over paths that winter makes hard."""
        return self.short_name.startswith("PTDTBT")


@dataclass(frozen=True)
class Account:
    """One person in one unit."""

    username: str
    full_name: str
    role: RoleCode
    unit: str

    @property
    def role_word(self) -> str:
        """The role as the account list names it: people of a commune apart from those of the department."""
        return f"commune_{self.role.value}" if self.unit.startswith(COMMUNE_PREFIX) else self.role.value


@dataclass(frozen=True)
class Size:
    """How much of the province is loaded, and how many months of it, the open one included."""

    name: str
    months: int
    communes: tuple[CommunePlan, ...]
    schools: tuple[SchoolPlan, ...]
    accounts: tuple[Account, ...]

    def schools_of(self, office: str) -> tuple[SchoolPlan, ...]:
        return tuple(plan for plan in self.schools if plan.office == office)


def rows(table: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def commune_plan(row: dict[str, str]) -> CommunePlan:
    return CommunePlan(row["key"], row["code"], row["name"], row["superior"], row["place"], row["phone"])


def school_plan(row: dict[str, str]) -> SchoolPlan:
    return SchoolPlan(
        key=row["key"],
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        office=row["office"],
        phone=row["phone"],
        cohorts=tuple(cohort(level, row[level]) for level in Level.values if row[level]),
        in_small=bool(row["small"]),
    )


def cohort(level: str, cell: str) -> Cohort:
    classes, pupils = cell.split("/")
    return Cohort(level, int(classes), int(pupils))


def account(row: dict[str, str]) -> Account:
    return Account(row["username"], row["full_name"], RoleCode(row["role"]), row["unit"])


def size(name: str, months: int, *, small: bool) -> Size:
    """The lines of that size, in the order of the tables."""
    communes = [commune_plan(row) for row in rows("communes") if row["small"] or not small]
    schools = [plan for plan in map(school_plan, rows("schools")) if plan.in_small or not small]
    units = {DEPARTMENT, DIVISION, *(plan.key for plan in schools)}
    units |= {f"{COMMUNE_PREFIX}{plan.key}" for plan in communes}
    accounts = [one for one in map(account, rows("people")) if one.unit in units]
    return Size(name, months, tuple(communes), tuple(schools), tuple(accounts))


FULL = size("full", 14, small=False)
SMALL = size("small", 3, small=True)
SIZES = {one.name: one for one in (FULL, SMALL)}
