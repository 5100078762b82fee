"""A province of any size, the same for the same seed: offices, schools, people, months, documents.

Rows by the thousand are inserted in bulk with the invariants that actions keep: the closure is built by
`rebuild_ancestry`; months are opened, documents read and issued, briefings built by their actions.
Names are invented.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection, transaction
from django.db.models import F, Q

from accounts.models import RoleCode, User
from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Assignment, AssignmentState, Directive, ProgressEntry
from reports.actions import open_month
from reports.actions.briefing import build_briefing
from reports.actions.meeting import draft_notice, hold_meeting
from reports.models import MonthlyReport, ReportState
from schools.actions import named, rebuild_ancestry, set_letterhead
from schools.models import (
    Affiliation,
    DepartmentLevel,
    Level,
    LinkKind,
    Office,
    OfficeLink,
    Period,
    Posting,
    School,
    SchoolLevel,
    StandardRecognition,
    Unit,
    UnitKind,
)
from targets.models import Observation, Target
from tests.benchmarks.figures import observations, recognitions, set_targets
from tests.benchmarks.harness import Chosen
from tests.factories import LETTERHEAD, OPENED
from trail.models import AuditEvent

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2026, 11, 25, 14, 5, tzinfo=ZONE)
TODAY = NOW.date()
SCHOOLS_OF_A_COMMUNE = 14
BATCH = 2000
# Out of a hundred schools.
SHARES = (
    (33, "Trường Mầm non", "MN", [Level.PRESCHOOL]),
    (33, "Trường Tiểu học", "TH", [Level.PRIMARY]),
    (23, "Trường THCS", "THCS", [Level.LOWER_SECONDARY]),
    (6, "Trường TH&THCS", "TH&THCS", [Level.PRIMARY, Level.LOWER_SECONDARY]),
    (5, "Trường THPT", "THPT", [Level.UPPER_SECONDARY]),
)
SYLLABLES = [
    "An", "Bình", "Cao", "Đông", "Giang", "Hà", "Hoa", "Hồng", "Khe", "Lâm", "Lan", "Mai", "Minh", "Mường",
    "Nam", "Ngọc", "Phong", "Phú", "Quang", "Sơn", "Tân", "Tây", "Thanh", "Thượng", "Trung", "Vân", "Việt",
    "Xuân", "Yên", "Đức",
]  # fmt: skip
DOCUMENT = """UBND TỈNH NGỌC SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO

Số: {number}/SGDĐT-GDPT
V/v thực hiện một số nhiệm vụ trọng tâm tháng {day:%m/%Y}

Ngọc Sơn, ngày {day:%d} tháng {day:%m} năm {day:%Y}

Kính gửi: Các cơ sở giáo dục trên địa bàn tỉnh.

Sở Giáo dục và Đào tạo yêu cầu các đơn vị thực hiện các nội dung sau:

1. Các trường mầm non rà soát đồ dùng, đồ chơi ngoài trời, hoàn thành chậm nhất ngày {first:%d/%m/%Y}.

2. Các trường tiểu học tổ chức sinh hoạt chuyên môn theo cụm, hoàn thành chậm nhất ngày {second:%d/%m/%Y}.

3. Các trường THCS rà soát học sinh có nguy cơ bỏ học, hoàn thành chậm nhất ngày {second:%d/%m/%Y}.

4. Các trường công khai các khoản thu, chi tại bảng tin chậm nhất ngày {first:%d/%m/%Y}.

5. Các trường thường xuyên tuyên truyền phòng, chống đuối nước, cháy nổ, tai nạn giao thông.

Nhận được Công văn này, đề nghị các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, GDPT.

GIÁM ĐỐC

Đỗ Thị Lan
"""


@dataclass
class Province:
    """What was generated, as far as the benchmarks ask for it."""

    department: Office
    people: dict[str, Posting] = field(default_factory=dict)
    periods: list[Period] = field(default_factory=list)

    @property
    def newest(self) -> Period:
        return self.periods[-1]

    @property
    def closed(self) -> Period:
        """The newest month whose reports were all due."""
        return self.periods[-2]


def build(chosen: Chosen, *, with_documents: bool = True) -> Province:
    """Generate all of it in the empty, migrated database. The clock should stand at NOW.

    Without documents there are only the figures, which takes a fifth of the time.
    """
    chance = random.Random(chosen.seed)  # noqa: S311 - no secret
    with transaction.atomic():
        province = Province(open_offices(chosen.size))
        open_schools(province.department, chosen.size, chance)
        rebuild_ancestry()
        province.people = post_people(province.department)
    for year, month in months_before_now(chosen.months):
        play_month(province, year, month, chance, with_documents=with_documents)
    insert(list(recognitions(TODAY, chance)), StandardRecognition)
    set_targets(province.department, TODAY.year, province.people["staff"])
    if with_documents:
        hold_the_meeting(province)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return province


def sizes() -> dict[str, int]:
    """How many rows there are of what grows."""
    models = (Office, School, User, Directive, Assignment, ProgressEntry, MonthlyReport, Observation, Target)
    return {model._meta.model_name or "": model.objects.count() for model in models}


def insert(rows: list, model: type) -> list:
    return model.objects.bulk_create(rows, batch_size=BATCH)


# --- the tree -----------------------------------------------------------------------------------------------


def units(kind: UnitKind, names: list[tuple[str, str, str]]) -> list[Unit]:
    """Units of codes, names and short names; the rows of their kind come on top of them."""
    return insert(
        [Unit(kind=kind, code=code, valid_from=OPENED, **named(name, short)) for code, name, short in names],
        Unit,
    )


def on_top(model: type, made: list[Unit]) -> None:
    """The rows of a child table for units that are there. Bulk insertion knows no child tables."""
    for unit in made:
        child = model(unit_ptr_id=unit.pk)
        child.__dict__ |= {name: value for name, value in unit.__dict__.items() if not name.startswith("_")}
        child.save_base(raw=True, force_insert=False)


def open_offices(size: int) -> Office:
    """The department, its limited internal department, and the communes. Gives the department."""
    count = max(2, round(size / SCHOOLS_OF_A_COMMUNE))
    communes = [(f"X{n:04d}", f"UBND xã {place_name(n)}", f"Xã {place_name(n)}") for n in range(1, count + 1)]
    department, *others = [
        *units(UnitKind.DEPARTMENT, [("S", "Sở GDĐT tỉnh Ngọc Sơn", "Sở GDĐT")]),
        *units(UnitKind.INTERNAL, [("S-TH", "Phòng Giáo dục Tiểu học", "P. GDTH")]),
        *units(UnitKind.COMMUNE, communes),
    ]
    on_top(Office, [department, *others])
    division = others[0]
    insert(
        [
            OfficeLink(
                child_id=unit.pk,
                parent_id=department.pk,
                valid_from=OPENED,
                kind=LinkKind.ADMINISTRATIVE if unit is division else LinkKind.PROFESSIONAL,
            )
            for unit in others
        ],
        OfficeLink,
    )
    DepartmentLevel.objects.create(office_id=division.pk, level=Level.PRIMARY)
    office = Office.objects.get(pk=department.pk)
    set_letterhead(
        office=office,
        valid_from=OPENED,
        by=None,
        **LETTERHEAD,
    )
    return office


def place_name(number: int) -> str:
    """Two syllables, and a number where they come round again."""
    count = len(SYLLABLES)
    first, second, turn = number % count, number // count % count, number // count**2
    return f"{SYLLABLES[first]} {SYLLABLES[second]}" + (f" {turn + 1}" if turn else "")


def open_schools(department: Office, size: int, chance: random.Random) -> None:
    """Schools in their proportions over the communes; those of upper secondary are the department's own."""
    communes = list(Office.objects.filter(kind=UnitKind.COMMUNE).order_by("code"))
    kinds = [kind for kind in SHARES for _ in range(kind[0])]
    chance.shuffle(kinds)
    plans = [kinds[number % len(kinds)] for number in range(size)]
    names = [
        (f"T{number:05d}", f"{plan[1]} {place_name(number)}", f"{plan[2]} {place_name(number)}")
        for number, plan in enumerate(plans, start=1)
    ]
    made = units(UnitKind.SCHOOL, names)
    on_top(School, made)
    levels, links = [], []
    for number, (unit, plan) in enumerate(zip(made, plans, strict=True)):
        levels += [SchoolLevel(school_id=unit.pk, level=level, valid_from=OPENED) for level in plan[3]]
        own = department if Level.UPPER_SECONDARY in plan[3] else communes[number % len(communes)]
        for office, line in ((own, LinkKind.ADMINISTRATIVE), (department, LinkKind.PROFESSIONAL)):
            links.append(Affiliation(school_id=unit.pk, office=office, kind=line, valid_from=OPENED))
    insert(levels, SchoolLevel)
    insert(links, Affiliation)


def post_people(department: Office) -> dict[str, Posting]:
    """A principal in every school, an officer in every commune, one of each role in the department."""
    division = Office.objects.get(kind=UnitKind.INTERNAL)
    places: list[tuple[str, Unit, RoleCode]] = [
        ("leader", department, RoleCode.LEADER),
        ("staff", department, RoleCode.STAFF),
        ("registrar", department, RoleCode.REGISTRAR),
        ("admin", department, RoleCode.ADMIN),
        ("division_staff", division, RoleCode.STAFF),
    ]
    places += [("commune_staff", unit, RoleCode.STAFF) for unit in of_kind(UnitKind.COMMUNE)]
    places += [("principal", unit, RoleCode.PRINCIPAL) for unit in of_kind(UnitKind.SCHOOL)]
    users = insert(
        [
            User(username=f"nguoi{number}", full_name=f"Người Thứ {number}", password="!")
            for number in range(1, len(places) + 1)
        ],
        User,
    )
    postings = insert(
        [
            Posting(user=user, unit_id=unit.pk, role=role, valid_from=OPENED)
            for user, (_, unit, role) in zip(users, places, strict=True)
        ],
        Posting,
    )
    first: dict[str, Posting] = {}
    for (name, _, _), posting in zip(places, postings, strict=True):
        first.setdefault(name, posting)
    return {
        name: Posting.objects.select_related("user", "unit").get(pk=one.pk) for name, one in first.items()
    }


def of_kind(kind: UnitKind) -> list[Unit]:
    return list(Unit.objects.filter(kind=kind).order_by("code"))


# --- the months ---------------------------------------------------------------------------------------------


def months_before_now(count: int) -> list[tuple[int, int]]:
    """The months up to the one that is open, oldest first."""
    last = TODAY.year * 12 + TODAY.month - 1
    return [(number // 12, number % 12 + 1) for number in range(last - count + 1, last + 1)]


def play_month(
    province: Province, year: int, month: int, chance: random.Random, *, with_documents: bool
) -> None:
    """The month is opened, a document issued in it, and most schools report."""
    first = dt.date(year, month, 1)
    province.periods.append(open_month(year=year, month=month, by=None, today=first.replace(day=22)).period)
    if with_documents:
        issue_document(province, first, chance)
    report_month(province, first, chance)


def issue_document(province: Province, first: dt.date, chance: random.Random) -> None:
    """One document of five tasks; what is over is mostly done, in time or late."""
    staff, day = province.people["staff"], first.replace(day=3)
    number = first.year * 12 + first.month - 24_000
    text = DOCUMENT.format(number=number, day=day, first=first.replace(day=18), second=first.replace(day=27))
    with time_machine.travel(dt.datetime.combine(day, dt.time(9), ZONE), tick=False):
        draft = draft_directive(office=province.department, text=text, by=staff, today=day)
        issue_directive(directive=draft, version=draft.version, by=staff, today=day)
    late: dict[int, list[int]] = {}
    given = Assignment.objects.filter(task__directive=draft, deadline__isnull=False).order_by("pk")
    for pk, deadline in given.values_list("pk", "deadline"):
        days = chance.choice((-9, -5, -3, -2, -1, 0, 0, 0, 2, 5))
        if chance.random() < 0.94 and deadline + dt.timedelta(days=days) <= TODAY:
            late.setdefault(days, []).append(pk)
    for days, done in late.items():
        Assignment.objects.filter(pk__in=done).update(
            state=AssignmentState.DONE, percent=100, reported_done_on=F("deadline") + dt.timedelta(days=days)
        )
    tell_progress(province.periods[-1], draft)


def tell_progress(period: Period, directive: Directive) -> None:
    """What the schools said of what they have done."""
    done = Assignment.objects.filter(task__directive=directive, state=AssignmentState.DONE).order_by("pk")
    principals = senders()
    insert(
        [
            ProgressEntry(
                assignment=one,
                period=period,
                percent=100,
                claims_done=True,
                note="Đã hoàn thành, hồ sơ lưu tại trường.",
                written_by_id=principals[one.unit_id],
                sent_at=dt.datetime.combine(one.reported_done_on, dt.time(15), ZONE),
            )
            for one in done
        ],
        ProgressEntry,
    )


def senders() -> dict[int, int]:
    """Whose account reports for each unit: the principal's, the officer's of a commune."""
    reporting = Q(role=RoleCode.PRINCIPAL) | Q(unit__kind=UnitKind.COMMUNE)
    return dict(Posting.objects.filter(reporting).values_list("unit", "user"))


def report_month(province: Province, first: dt.date, chance: random.Random) -> None:
    """Reports in every state: nearly all accepted where the month is over, half of them where it is open."""
    period, people = province.periods[-1], senders()
    accepted = 0.45 if period.data_to > TODAY else 0.94
    rows = list(MonthlyReport.objects.filter(period=period).select_related("unit").order_by("pk"))
    sent_by = {row.pk: fate(chance.random(), accepted) for row in rows}
    for row in rows:
        row.state = sent_by[row.pk]
        if row.state == ReportState.EXPECTED:
            continue
        sent = min(
            NOW, dt.datetime.combine(row.due_on, dt.time(9), ZONE) + dt.timedelta(days=chance.randint(-9, 1))
        )
        row.saved_at = row.sent_at = row.first_sent_at = sent
        row.saved_by_id = row.sent_by_id = people[row.unit_id]
        if row.state != ReportState.SENT:
            row.reviewed_at, row.reviewed_by_id = sent, province.people["staff"].user_id
        if row.state == ReportState.RETURNED:
            row.reason = "Đề nghị kiểm tra lại số học sinh có mặt."
        if chance.random() < 0.1:
            row.difficulties = "Đường vào điểm trường bị sạt lở, học sinh đi lại khó khăn."
    fields = ["state", "saved_at", "saved_by", "sent_at", "sent_by", "first_sent_at", "reviewed_at"]
    MonthlyReport.objects.bulk_update(
        rows, [*fields, "reviewed_by", "reason", "difficulties"], batch_size=500
    )
    gone = [row for row in rows if row.state != ReportState.EXPECTED]
    insert(list(observations(period, gone, chance)), Observation)
    insert([sent_event(row, first) for row in gone], AuditEvent)


def fate(drawn: float, accepted: float) -> ReportState:
    if drawn < accepted:
        return ReportState.ACCEPTED
    rest = (drawn - accepted) / (1 - accepted)
    if rest < 0.3:
        return ReportState.SENT
    return ReportState.RETURNED if rest < 0.4 else ReportState.EXPECTED


def sent_event(row: MonthlyReport, first: dt.date) -> AuditEvent:
    return AuditEvent(
        at=row.sent_at,
        verb="report.sent",
        actor_id=row.sent_by_id,
        actor_role=RoleCode.PRINCIPAL if row.unit.is_school else RoleCode.STAFF,
        unit_id=row.unit_id,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        object_label=f"{first:%m/%Y}",
        data={"version": row.version},
    )


def hold_the_meeting(province: Province) -> None:
    """The closed month's briefing, its meeting and the draft of its notice."""
    staff = province.people["staff"]
    briefing = build_briefing(
        office=province.department, period=province.closed, by=staff, today=TODAY, now=NOW
    )
    meeting = hold_meeting(
        briefing=briefing,
        title="Hội nghị giao ban",
        held_at=NOW,
        place="Hội trường Sở",
        chair="Đỗ Thị Lan",
        by=staff,
    )
    draft_notice(meeting=meeting, by=staff, today=TODAY)
