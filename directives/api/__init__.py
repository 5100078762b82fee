"""Documents, tasks, assignments and progress for other programmes."""

from directives.api.documents import DirectiveView, TaskView
from directives.api.work import AssignmentView, ProgressView

__all__ = ["AssignmentView", "DirectiveView", "ProgressView", "TaskView"]
