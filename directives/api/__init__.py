"""Documents, tasks and the units' work on them for other programmes."""

from directives.api.dataforms import DataFormView, FormReplyView
from directives.api.documents import DirectiveView
from directives.api.files import AnnexView, EvidenceView
from directives.api.requests import ExtensionView, HaltView
from directives.api.tasks import TaskView
from directives.api.work import AssignmentView, ProgressView

__all__ = [
    "AnnexView",
    "AssignmentView",
    "DataFormView",
    "DirectiveView",
    "EvidenceView",
    "ExtensionView",
    "FormReplyView",
    "HaltView",
    "ProgressView",
    "TaskView",
]
