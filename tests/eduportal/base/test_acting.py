"""An action is done, or it is said why not."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage

from eduportal.base.acting import or_say, or_say_in
from eduportal.base.errors import EditConflict, Refused


class Name(forms.Form):
    name = forms.CharField()


@pytest.fixture
def request_(rf):
    made = rf.get("/")
    made.session = {}
    made._messages = FallbackStorage(made)
    return made


def test_what_is_done_is_said_by_the_view(request_):
    with or_say(request_) as act:
        pass
    assert (act.done, list(messages.get_messages(request_))) == (True, [])


def test_a_refusal_is_told_and_goes_no_further(request_):
    with or_say(request_) as act:
        raise Refused("Không được.")
    assert act.done is False
    assert [str(one) for one in messages.get_messages(request_)] == ["Không được."]


@pytest.mark.parametrize(("field", "at"), [(None, "__all__"), ("name", "name")])
def test_in_a_form(field, at):
    form = Name({"name": "Hoa"})
    assert form.is_valid()
    with or_say_in(form, field) as act:
        raise Refused("Không được.")
    assert (act.done, form.errors) == (False, {at: ["Không được."]})


@pytest.mark.parametrize("problem", [KeyError("x"), EditConflict(type("Row", (), {"version": 2})())])
def test_anything_else_is_no_refusal(problem, request_):
    with pytest.raises(type(problem)), or_say(request_):
        raise problem
