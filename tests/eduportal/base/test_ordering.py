"""What is empty has the same place in every order on every database."""

import pytest
from django.apps import apps
from django.db.models import F

from directives.models import Assignment, Extension
from eduportal.base.ordering import falling, may_be_empty, ordered, rising

OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ("accounts", "trail", "schools", "directives", "targets", "reports")
]


def test_which_columns_may_be_empty():
    found = {
        path: may_be_empty(Assignment, path)
        for path in ("pk", "percent", "deadline", "unit__sort_key", "unit__successor", "standing")
    }
    assert found == {
        "pk": False,
        "percent": False,
        "deadline": True,
        "unit__sort_key": False,
        "unit__successor": True,
        "standing": True,
    }


def test_the_place_of_what_is_empty_is_said_where_there_may_be_any():
    assert ordered(Extension, "-asked_at") == "-asked_at"
    assert ordered(Extension, "decided_at") == F("decided_at").asc(nulls_last=True) == rising("decided_at")
    assert ordered(Extension, "-decided_at") == F("decided_at").desc(nulls_last=True) == falling("decided_at")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_usual_order_of_a_table_says_where_what_is_empty_stands(model):
    names = [one for one in model._meta.ordering if isinstance(one, str)]
    assert [one for one in names if may_be_empty(model, one.removeprefix("-"))] == []
