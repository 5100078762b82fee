"""Pieces of every list: filters said in words, sorting by link, pages of a size that is remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from eduportal.base.numbers import whole_number

PAGE_SIZES = (20, 50, 100)
SIZE_KEY = "page_size"


@dataclass(frozen=True)
class Chip:
    """A filter in words, with the query that is left when it is taken off."""

    words: str
    without: str


def without(query: QueryDict, *names: str) -> str:
    """The query of a list without some of its parts, and back on its first page."""
    rest = query.copy()
    for name in (*names, "page"):
        rest.pop(name, None)
    return rest.urlencode()


def chips_of(form: forms.Form, query: QueryDict) -> list[Chip]:
    """What is chosen in a filter form, in words. What was not understood is left out."""
    return [
        Chip(words, without(query, name))
        for name, field in form.fields.items()
        if (words := words_of(field, form.cleaned_data.get(name)))
    ]


def words_of(field: forms.Field, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if value is True:
        return str(field.label)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(value))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(value), value))  # type: ignore[arg-type]
    return _("“%(words)s”") % {"words": value}


@dataclass(frozen=True)
class Column:
    """The head of a column that can be sorted: its link, and how it is sorted now ("ascending", …, "")."""

    label: str
    query: str
    sorted: str


def columns_of(labels: Mapping[str, Any], query: QueryDict, default: str) -> dict[str, Column]:
    """The heads of sortable columns by name. A second click turns the order round."""
    now = query.get("sort", "")
    now = now if now.removeprefix("-") in labels else default
    return {name: column_of(name, str(label), query, now) for name, label in labels.items()}


def column_of(name: str, label: str, query: QueryDict, now: str) -> Column:
    turned = query.copy()
    turned.pop("page", None)
    turned["sort"] = f"-{name}" if now == name else name
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return Column(label, turned.urlencode(), direction)


def sorting(query: QueryDict, names: Sequence[str], default: str) -> tuple[str, bool]:
    """The column to sort by and whether downwards; what is no column is the default."""
    wanted = query.get("sort", "")
    wanted = wanted if wanted.removeprefix("-") in names else default
    return wanted.removeprefix("-"), wanted.startswith("-")


@dataclass(frozen=True)
class Size:
    """A page size that may be chosen."""

    amount: int
    query: str
    is_chosen: bool


def page_of(request: HttpRequest, rows: QuerySet) -> tuple[Page, list[Size]]:
    """The page asked for, of the size chosen now or before, and the sizes to choose from."""
    wanted = whole_number(request.GET.get("size"))
    if wanted in PAGE_SIZES:
        request.session[SIZE_KEY] = wanted
    size = request.session.get(SIZE_KEY, PAGE_SIZES[0])
    return Paginator(rows, size).get_page(request.GET.get("page")), list(sizes(request.GET, size))


def sizes(query: QueryDict, chosen: int) -> Iterator[Size]:
    for amount in PAGE_SIZES:
        other = query.copy()
        other.pop("page", None)
        other["size"] = str(amount)
        yield Size(amount, other.urlencode(), amount == chosen)
