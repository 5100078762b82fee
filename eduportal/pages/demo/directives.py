"""How a document of the demo comes about: written out with its days, entered, checked, issued.

What documents there are say `today.py` (those of the last three months) and `seasons.py` (those of the year).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from directives.actions.drafting import OriginalFile, draft_directive
from directives.actions.issuing import (
    approve_directive,
    issue_directive,
    number_and_issue,
    submit_directive,
)
from directives.actions.tasks import confirm_task
from directives.models import Directive, DirectiveKind
from directives.queries import letterhead_of
from eduportal.base.forms import KeptFile
from eduportal.pages.demo.later_days import Request
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.questions import Question, ask
from eduportal.pages.demo.schedule import moment
from eduportal.pages.demo.setting_aside import Aside
from eduportal.pages.demo.texts import written
from eduportal.pages.demo.work import Pace, Proof
from schools.models import Posting

STAFF = "chuyenvien"


@dataclass(frozen=True)
class Plan:
    """A document to be issued. `days` and `words` fill the blanks of its text; `paces` are by path of task.

    `by` enters it. With `written_here` the text is the body of a notice on `subject`: the leader approves it
    and the records officer numbers it. `forms`, `proofs` (the files that schools send with their work) are by
    path of task as well.
    """

    name: str
    issued_on: dt.date
    days: Mapping[str, dt.date] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    paces: Mapping[str, Pace] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    annexes: tuple[Callable[[], KeptFile], ...] = ()
    forms: Mapping[str, Sequence[Question]] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    by: str = STAFF
    written_here: bool = False
    subject: str = ""

    @property
    def text(self) -> str:
        on = self.issued_on
        # Nghị định 30/2020: a leading zero for days under 10, and for months 1 and 2 only.
        month = f"{on.month:02d}" if on.month < 3 else on.month
        head = {"number": number_on(on), "day": f"{on.day:02d}", "month": month, "year": on.year}
        return written(self.name, self.days, **head, **self.words)


def number_on(day: dt.date) -> int:
    """The number that the office's own books have reached on a day, at five documents a day."""
    return day.timetuple().tm_yday * 5 + 3


def enter(plan: Plan, by: Posting) -> Directive:
    """Staff upload the signed document."""
    original = OriginalFile(f"{plan.name}.txt", plan.text.encode())
    with played_at(moment(plan.issued_on, 8, 40)):
        return draft_directive(
            office=by.acting_unit,
            text=plan.text,
            by=by,
            today=plan.issued_on,
            original=original,
            annexes=[make() for make in plan.annexes],
        )


def issue(plan: Plan, postings: Mapping[str, Posting]) -> Directive:
    """The document on its whole way, each step by whoever's step it is."""
    if plan.written_here:
        return write_and_issue(plan, postings)
    by = postings[plan.by]
    directive = enter(plan, by)
    with played_at(moment(plan.issued_on, 9, 5)):
        confirm_all(directive, by)
        for path, questions in plan.forms.items():
            ask(directive.tasks.get(path=path), questions, by)
    with played_at(moment(plan.issued_on, 9, 15)):
        directive.refresh_from_db()
        issue_directive(directive=directive, version=directive.version, by=by, today=plan.issued_on)
    return directive


def write_and_issue(plan: Plan, postings: Mapping[str, Posting]) -> Directive:
    """Written in the portal and submitted in the morning, approved and numbered in the afternoon."""
    staff, leader, day = postings[plan.by], postings["lanhdao"], plan.issued_on
    office = staff.acting_unit
    letterhead = letterhead_of(office, day)
    with played_at(moment(day, 8, 40)):
        notice = draft_directive(
            office=office,
            text=plan.text,
            by=staff,
            today=day,
            written_here=True,
            kind=DirectiveKind.NOTICE,
            subject=plan.subject,
            recipients="Các cơ sở giáo dục trên địa bàn tỉnh\nLưu: VT, VP",
            signer_title=letterhead.head_title if letterhead else "",
            signer_name=leader.actor_name,
        )
        confirm_all(notice, staff)
    with played_at(moment(day, 9, 20)):
        notice.refresh_from_db()
        submit_directive(directive=notice, version=notice.version, by=staff, today=day)
    approve_and_number(notice, postings, moment(day, 14), moment(day, 15))
    return notice


def approve_and_number(
    notice: Directive, postings: Mapping[str, Posting], approved_at: dt.datetime, numbered_at: dt.datetime
) -> None:
    with played_at(approved_at):
        notice.refresh_from_db()
        approve_directive(directive=notice, version=notice.version, by=postings["lanhdao"])
    with played_at(numbered_at):
        notice.refresh_from_db()
        number_and_issue(
            directive=notice, version=notice.version, by=postings["vanthu"], today=numbered_at.date()
        )


def confirm_all(directive: Directive, by: Posting) -> None:
    for task in directive.tasks.all():
        confirm_task(task=task, version=task.version, by=by)
