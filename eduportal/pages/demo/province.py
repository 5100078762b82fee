"""The fictional province of Ngọc Sơn: a department, its communes and schools. All of it is invented."""

import datetime as dt
from dataclasses import dataclass

from eduportal.pages.demo.tables import COMMUNE_PREFIX, DEPARTMENT, DIVISION, CommunePlan, SchoolPlan, Size
from schools.actions import open_office, open_school, set_letterhead
from schools.models import DepartmentLevel, Level, LinkKind, Office, School, Unit, UnitKind

OPENED_ON = dt.date(2025, 7, 1)


@dataclass(frozen=True)
class Province:
    """The units by their keys: `so`, `tieuhoc`, those of the communes and of the schools."""

    department: Office
    primary_division: Office
    communes: dict[str, Office]
    schools: dict[str, School]

    def unit(self, key: str) -> Unit:
        """The unit of a key; raises KeyError for one that is none."""
        units = {DEPARTMENT: self.department, DIVISION: self.primary_division, **self.schools}
        commune = key.removeprefix(COMMUNE_PREFIX)
        return self.communes[commune] if key.startswith(COMMUNE_PREFIX) else units[key]


def open_province(size: Size) -> Province:
    """Open all units with letterheads and both lines, as of the day the communes took over."""
    department = open_office(
        kind=UnitKind.DEPARTMENT,
        code="NS",
        name="Sở GDĐT tỉnh Ngọc Sơn",
        short_name="Sở GDĐT",
        opened_on=OPENED_ON,
        by=None,
        phone="0200 555 0100",
    )
    set_letterhead(
        office=department,
        valid_from=OPENED_ON,
        by=None,
        superior="UBND TỈNH NGỌC SƠN",
        issuer="SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        symbol="SGDĐT",
        place="Ngọc Sơn",
        head_title="GIÁM ĐỐC",
    )
    division = open_office(
        kind=UnitKind.INTERNAL,
        code="NS-GDTH",
        name="Phòng Giáo dục Tiểu học",
        short_name="P. GDTH",
        opened_on=OPENED_ON,
        parents=[(department, LinkKind.ADMINISTRATIVE)],
        by=None,
    )
    DepartmentLevel.objects.create(office=division, level=Level.PRIMARY)
    communes = {plan.key: open_commune(plan, department) for plan in size.communes}
    owners = {DEPARTMENT: department, **communes}
    schools = {plan.key: open_one(plan, owners[plan.office], department) for plan in size.schools}
    return Province(department, division, communes, schools)


def open_commune(plan: CommunePlan, department: Office) -> Office:
    short_name = plan.name.removeprefix("UBND ")
    office = open_office(
        kind=UnitKind.COMMUNE,
        code=plan.code,
        name=plan.name,
        short_name=short_name[0].upper() + short_name[1:],
        opened_on=OPENED_ON,
        parents=[(department, LinkKind.PROFESSIONAL)],
        by=None,
        phone=plan.phone,
    )
    set_letterhead(
        office=office,
        valid_from=OPENED_ON,
        by=None,
        superior=plan.superior,
        issuer="PHÒNG VĂN HÓA - XÃ HỘI",
        symbol="VHXH",
        place=plan.place,
        head_title="TRƯỞNG PHÒNG",
    )
    return office


def open_one(plan: SchoolPlan, owner: Office, department: Office) -> School:
    return open_school(
        code=plan.code,
        name=plan.name,
        short_name=plan.short_name,
        levels=[cohort.level for cohort in plan.cohorts],
        opened_on=OPENED_ON,
        affiliations=[(owner, LinkKind.ADMINISTRATIVE), (department, LinkKind.PROFESSIONAL)],
        by=None,
        phone=plan.phone,
    )
