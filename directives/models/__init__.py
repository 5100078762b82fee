"""Documents, what was read in them, the tasks they set, and the units' work on those."""

from directives.models.annex import Annex
from directives.models.assignment import Assignment, AssignmentState, ProgressEntry
from directives.models.dataform import DataForm, FieldKind, FormAnswer, FormField, FormReply
from directives.models.directive import (
    Direction,
    Directive,
    DirectiveKind,
    DirectiveState,
    Ended,
    NumberRegister,
    ReadTarget,
    Reference,
    TypedRegister,
)
from directives.models.errand import Errand
from directives.models.evidence import Evidence
from directives.models.extension import Extension
from directives.models.halt import Halt, HaltKind
from directives.models.link import DirectiveLink, LinkKind
from directives.models.occurrence import Occurrence, Recurrence, RecurrencePeriod
from directives.models.opening import Opening
from directives.models.registration import ArrivalRegister, Instruction
from directives.models.review import Lesson, LessonKind, ReviewStep, TypedForm
from directives.models.task import Addressee, AddresseeKind, AssigneeRole, Task
from directives.models.upload import HeldFile, Upload

__all__ = [
    "Addressee",
    "AddresseeKind",
    "Annex",
    "ArrivalRegister",
    "AssigneeRole",
    "Assignment",
    "AssignmentState",
    "DataForm",
    "Direction",
    "Directive",
    "DirectiveKind",
    "DirectiveLink",
    "DirectiveState",
    "Ended",
    "Errand",
    "Evidence",
    "Extension",
    "FieldKind",
    "FormAnswer",
    "FormField",
    "FormReply",
    "Halt",
    "HaltKind",
    "HeldFile",
    "Instruction",
    "Lesson",
    "LessonKind",
    "LinkKind",
    "NumberRegister",
    "Occurrence",
    "Opening",
    "ProgressEntry",
    "ReadTarget",
    "Recurrence",
    "RecurrencePeriod",
    "Reference",
    "ReviewStep",
    "Task",
    "TypedForm",
    "TypedRegister",
    "Upload",
]
