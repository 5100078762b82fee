"""Documents, what was read in them, the tasks they set, and the units' work on those."""

from directives.models.assignment import Assignment, AssignmentState, ProgressEntry
from directives.models.directive import (
    Direction,
    Directive,
    DirectiveKind,
    DirectiveState,
    NumberRegister,
    ReadTarget,
    Reference,
)
from directives.models.task import Addressee, AddresseeKind, AssigneeRole, Task

__all__ = [
    "Addressee",
    "AddresseeKind",
    "AssigneeRole",
    "Assignment",
    "AssignmentState",
    "Direction",
    "Directive",
    "DirectiveKind",
    "DirectiveState",
    "NumberRegister",
    "ProgressEntry",
    "ReadTarget",
    "Reference",
    "Task",
]
