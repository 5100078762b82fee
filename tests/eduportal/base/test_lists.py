"""Filters in words, sorting, page sizes."""

import pytest
from django import forms
from django.http import QueryDict

from eduportal.base.lists import Chip, chips_of, columns_of, sorting, without


class Filters(forms.Form):
    q = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "An A"), ("b", "A B")], required=False)
    late = forms.BooleanField(label="late ones", required=False)


def chips(query: str) -> list[Chip]:
    form = Filters(QueryDict(query))
    form.is_valid()
    return chips_of(form, form.data)


def test_chips_say_what_is_chosen_and_what_is_left_without():
    assert chips("q=xe+đạp&kind=b&late=on&page=3&sort=-x") == [
        Chip("“xe đạp”", "kind=b&late=on&sort=-x"),
        Chip("A B", "q=xe+%C4%91%E1%BA%A1p&late=on&sort=-x"),
        Chip("late ones", "q=xe+%C4%91%E1%BA%A1p&kind=b&sort=-x"),
    ]


@pytest.mark.parametrize("query", ["", "q=", "kind=x", "other=1"])
def test_nothing_chosen_is_no_chip(query):
    assert chips(query) == []


def test_without_goes_back_to_the_first_page():
    assert without(QueryDict("a=1&b=2&page=4"), "a") == "b=2"


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ("x", True)), ("sort=y", ("y", False)), ("sort=-y", ("y", True)), ("sort=z", ("x", True))],
)
def test_sorting(query, expected):
    assert sorting(QueryDict(query), ("x", "y"), "-x") == expected


def test_a_second_click_turns_the_order_round():
    heads = columns_of({"x": "X", "y": "Y"}, QueryDict("sort=y&page=2&q=a"), "-x")
    assert [(head.label, head.query, head.sorted) for head in heads.values()] == [
        ("X", "sort=x&q=a", ""),
        ("Y", "sort=-y&q=a", "ascending"),
    ]
