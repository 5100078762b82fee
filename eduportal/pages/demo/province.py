"""The fictional province of Ngọc Sơn: a department, three communes, twelve schools. All of it is invented."""

import datetime as dt
from dataclasses import dataclass

from schools.actions import open_office, open_school, set_letterhead
from schools.models import DepartmentLevel, Level, LinkKind, Office, School, Unit, UnitKind

OPENED_ON = dt.date(2025, 7, 1)
PRESCHOOL, PRIMARY, LOWER, UPPER = (
    Level.PRESCHOOL,
    Level.PRIMARY,
    Level.LOWER_SECONDARY,
    Level.UPPER_SECONDARY,
)


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
    """One level of a school at its usual size."""

    level: str
    classes: int
    pupils: int
    teachers: int


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


COMMUNES = (
    CommunePlan("suoimay", "NS-01", "UBND xã Suối Mây", "UBND XÃ SUỐI MÂY", "Suối Mây", "0200 555 0101"),
    CommunePlan("doiche", "NS-02", "UBND xã Đồi Chè", "UBND XÃ ĐỒI CHÈ", "Đồi Chè", "0200 555 0102"),
    CommunePlan(
        "benngoc", "NS-03", "UBND phường Bến Ngọc", "UBND PHƯỜNG BẾN NGỌC", "Bến Ngọc", "0200 555 0103"
    ),
)

SCHOOLS = (
    SchoolPlan(
        "mnhoaban", "NS010001", "Trường Mầm non Hoa Ban", "MN Hoa Ban", "suoimay", "0200 555 0111",
        (Cohort(PRESCHOOL, 11, 286, 23),),
    ),
    SchoolPlan(
        "thsuoimay", "NS010002", "Trường Tiểu học Suối Mây", "TH Suối Mây", "suoimay", "0200 555 0112",
        (Cohort(PRIMARY, 17, 512, 26),),
    ),
    SchoolPlan(
        "thcssuoimay", "NS010003", "Trường Trung học cơ sở Suối Mây", "THCS Suối Mây", "suoimay",
        "0200 555 0113", (Cohort(LOWER, 12, 431, 24),),
    ),
    SchoolPlan(
        "khemay", "NS010004", "Trường PTDTBT Tiểu học và Trung học cơ sở Khe Mây", "PTDTBT TH&THCS Khe Mây",
        "suoimay", "0200 555 0114", (Cohort(PRIMARY, 10, 247, 15), Cohort(LOWER, 6, 198, 13)),
    ),
    SchoolPlan(
        "mnhuongche", "NS020001", "Trường Mầm non Hương Chè", "MN Hương Chè", "doiche", "0200 555 0121",
        (Cohort(PRESCHOOL, 9, 231, 19),),
    ),
    SchoolPlan(
        "doiche", "NS020002", "Trường Tiểu học và Trung học cơ sở Đồi Chè", "TH&THCS Đồi Chè", "doiche",
        "0200 555 0122", (Cohort(PRIMARY, 15, 438, 22), Cohort(LOWER, 8, 296, 17)),
    ),
    SchoolPlan(
        "khebuoi", "NS020003", "Trường PTDTBT Trung học cơ sở Khe Bưởi", "PTDTBT THCS Khe Bưởi", "doiche",
        "0200 555 0123", (Cohort(LOWER, 8, 263, 17),),
    ),
    SchoolPlan(
        "mnsaomai", "NS030001", "Trường Mầm non Sao Mai", "MN Sao Mai", "benngoc", "0200 555 0131",
        (Cohort(PRESCHOOL, 14, 402, 31),),
    ),
    SchoolPlan(
        "thbenngoc", "NS030002", "Trường Tiểu học Bến Ngọc", "TH Bến Ngọc", "benngoc", "0200 555 0132",
        (Cohort(PRIMARY, 25, 846, 38),),
    ),
    SchoolPlan(
        "thcsbenngoc", "NS030003", "Trường Trung học cơ sở Bến Ngọc", "THCS Bến Ngọc", "benngoc",
        "0200 555 0133", (Cohort(LOWER, 18, 703, 36),),
    ),
    SchoolPlan(
        "thptngocson", "NS000001", "Trường Trung học phổ thông Ngọc Sơn", "THPT Ngọc Sơn", "so",
        "0200 555 0141", (Cohort(UPPER, 24, 1008, 55),),
    ),
    SchoolPlan(
        "thptdoiche", "NS000002", "Trường Trung học phổ thông Đồi Chè", "THPT Đồi Chè", "so",
        "0200 555 0142", (Cohort(UPPER, 15, 597, 34),),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Province:
    """The units by their keys: `so`, `tieuhoc`, those of the communes and of the schools."""

    department: Office
    primary_division: Office
    communes: dict[str, Office]
    schools: dict[str, School]

    def unit(self, key: str) -> Unit:
        """The unit of a key; raises KeyError for one that is none."""
        units = {"so": self.department, "tieuhoc": self.primary_division, **self.schools}
        return self.communes[key.removeprefix("xa:")] if key.startswith("xa:") else units[key]


def open_province() -> Province:
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
    DepartmentLevel.objects.create(office=division, level=PRIMARY)
    communes = {plan.key: open_commune(plan, department) for plan in COMMUNES}
    owners = {"so": department, **communes}
    schools = {plan.key: open_one(plan, owners[plan.office], department) for plan in SCHOOLS}
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
