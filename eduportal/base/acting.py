"""Act, or say why not: how a view calls an action that may be refused.

    with or_say(request) as act:
        end_posting(posting=posting, last_day=day, by=request.posting)
    if act.done:
        messages.success(request, _("The posting ends by itself after that day."))

An EditConflict is no refusal: what to show then is for each page to know.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from eduportal.base.errors import Refused


class Act:
    """Whether what stands in the `with` was done; what refused it has been told by `say`."""

    def __init__(self, say: Callable[[str], object]):
        self.say, self.done = say, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.done = problem is None
        if not isinstance(problem, Refused):
            return False
        self.say(str(problem.message))
        return True


def or_say(request: HttpRequest) -> Act:
    """A refusal is told on the next page."""
    return Act(lambda words: messages.error(request, words))


def or_say_in(form: forms.BaseForm, field: str | None = None) -> Act:
    """A refusal is told above the form, or at one of its fields; what was typed stays in it."""
    return Act(lambda words: form.add_error(field, words))
