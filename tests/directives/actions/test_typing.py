"""Words that are not saved yet."""

import pytest

from directives.actions.issuing import issue_directive
from directives.actions.typing import LONGEST_TYPED, forget_typed, keep_typed
from directives.models import TypedForm
from directives.queries.review import typed_forms
from eduportal.base.errors import Refused
from tests.conftest import TODAY


def test_the_last_words_are_kept(letter, cast):
    for words in ("text=M", "text=Một"):
        keep_typed(directive=letter, name="t1", data=words, by=cast.staff)
    assert {name: row.data for name, row in typed_forms(letter, cast.staff).items()} == {"t1": "text=Một"}


def test_they_are_the_persons_own(letter, cast):
    keep_typed(directive=letter, name="header", data="subject=A", by=cast.staff)
    assert typed_forms(letter, cast.division_staff) == {}


def test_they_go_when_the_form_is_saved_or_left(letter, cast):
    keep_typed(directive=letter, name="header", data="subject=A", by=cast.staff)
    forget_typed(directive=letter, name="header", by=cast.staff)
    assert TypedForm.objects.count() == 0


def test_they_go_with_the_draft(letter, cast):
    keep_typed(directive=letter, name="header", data="subject=A", by=cast.staff)
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    assert TypedForm.objects.count() == 0
    with pytest.raises(Refused):
        keep_typed(directive=letter, name="header", data="subject=A", by=cast.staff)


def test_what_is_longer_than_any_form_is_not_kept(letter, cast):
    with pytest.raises(Refused):
        keep_typed(directive=letter, name="new", data="x" * (LONGEST_TYPED + 1), by=cast.staff)
