"""How fast the work of each issued document is done, and what is said of it on the way."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from directives.models import Assignment
from eduportal.base.forms import KeptFile
from eduportal.pages.demo.figures import dice
from eduportal.pages.demo.filings import pace_of
from eduportal.pages.demo.questions import Question
from eduportal.pages.demo.tables import CommunePlan, SchoolPlan
from reports.actions import ProgressDraft

NOT_YET = -1
Pace = tuple[int, int, int]
"""How many months ago a prompt, a usual and a slow unit reports the work done, or NOT_YET."""
NEVER: Pace = (NOT_YET, NOT_YET, NOT_YET)

Proof = Callable[[SchoolPlan, dt.date, str], KeptFile]
"""The file that a school sends with its work, made on a day; the last is the principal's name."""

HALFWAY, NEARLY = 30, 65
NOTES = {
    HALFWAY: "Đã phân công người phụ trách, đang thực hiện.",
    NEARLY: "Đã hoàn thành phần lớn nội dung.",
}
DONE_NOTES = (
    "Đã hoàn thành, hồ sơ lưu tại trường.",
    "Đã hoàn thành, có biên bản kèm theo hồ sơ.",
    "Đã thực hiện xong, đã thông báo tới cha mẹ học sinh.",
    "Đã hoàn thành theo hướng dẫn.",
)


@dataclass
class Work:
    """The paces, forms and proofs of each issued document, by its primary key, then by path of the task."""

    paces: dict[int, Mapping[str, Pace]] = field(default_factory=dict)
    forms: dict[int, Mapping[str, Sequence[Question]]] = field(default_factory=dict)
    proofs: dict[int, Mapping[str, Proof]] = field(default_factory=dict)

    def is_done(self, assignment: Assignment, pace: int, ago: int) -> bool:
        """Whether a unit of that pace has done the work by the month of so long ago."""
        task = assignment.task
        return ago <= self.paces.get(task.directive_id, {}).get(task.path, NEVER)[pace]

    def questions_of(self, assignment: Assignment) -> Sequence[Question]:
        return self.forms.get(assignment.task.directive_id, {}).get(assignment.task.path, ())

    def proof_of(self, assignment: Assignment, plan: SchoolPlan) -> Proof | None:
        """Two schools of three show what they did, where there is something to show."""
        proof = self.proofs.get(assignment.task.directive_id, {}).get(assignment.task.path)
        return proof if dice(3, plan.code, assignment.task.path, "proof") else None

    def said_of(self, assignment: Assignment, plan: SchoolPlan, ago: int) -> ProgressDraft | None:
        """What a school says of an assignment in a month; nothing where nothing has changed."""
        if self.is_done(assignment, pace_of(plan), ago):
            return ProgressDraft(assignment, 100, done_note(assignment, plan), claims_done=True)
        if assignment.percent >= NEARLY:
            return None
        percent = NEARLY if assignment.percent else HALFWAY
        return ProgressDraft(assignment, percent, NOTES[percent])


def done_note(assignment: Assignment, plan: SchoolPlan) -> str:
    if plan.in_small:
        return DONE_NOTES[0]
    return DONE_NOTES[dice(len(DONE_NOTES), plan.code, assignment.task.path)]


def commune_pace(plan: CommunePlan) -> int:
    return dice(3, plan.code, "commune")
