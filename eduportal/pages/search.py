"""One field for everything: documents, tasks, schools, offices, people, as far as a person may see them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import rules
from directives.models import Assignment, Directive, DirectiveState, Task
from directives.models.directive import WHOLE_TEXTS
from directives.queries.documents import holding_words, in_order
from directives.wording import item_name
from eduportal.base.templatetags.eduportal import NO_VALUE, day
from eduportal.base.text import search_key
from schools.middleware import ActingRequest
from schools.models import Posting, Unit, UnitKind
from schools.queries import units_in_scope
from schools.rules import may_administer

MOST_SHOWN = 6
LONGEST = 200
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, where it is, and a line that tells it from its like."""

    words: str
    url: str
    note: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind, and the list that goes on where more was."""

    title: str
    hits: Sequence[Hit]
    more: str = ""


@require_safe
def search(request: ActingRequest) -> HttpResponse:
    """Found by words in any order, with or without diacritics. Five queries at most."""
    q = " ".join(request.GET.get("q", "")[:LONGEST].split())
    is_short = len(search_key(q)) < SHORTEST
    groups = [] if is_short or request.posting is None else groups_of(request, q)
    context = {"searched": q, "is_short": is_short, "groups": [group for group in groups if group.hits]}
    return render(request, "pages/search.html", context)


def groups_of(request: ActingRequest, q: str) -> list[Group]:
    by, today = request.posting, timezone.localdate()
    documents = list(documents_found(request.user, q)[: MOST_SHOWN + 1])
    tasks = list(tasks_found(request.user, q)[: MOST_SHOWN + 1])
    units = list(units_found(request.user, q)[: MOST_SHOWN + 1])
    people = list(people_found(request.user, q, today)[: MOST_SHOWN + 1])
    own = own_assignments(by, tasks)
    return [
        group(_("Schools and offices"), [unit_hit(one) for one in units], reverse("school_list"), q=q),
        group(_("Documents"), [document_hit(one, by) for one in documents], reverse("directives:list"), q=q),
        group(
            _("Tasks"),
            [task_hit(one, own) for one in tasks],
            reverse("directives:assignments"),
            q=q,
            year="all",
        ),
        group(
            _("Who works there"),
            [person_hit(one, by) for one in people],
            reverse("administration:people") if may_administer(by) else "",
            q=q,
        ),
    ]


def group(title: str, hits: list[Hit], address: str, **query: str) -> Group:
    """The first few; beyond them the list of that kind, asked the same."""
    more = f"{address}?{urlencode(query)}" if address and len(hits) > MOST_SHOWN else ""
    return Group(title, hits[:MOST_SHOWN], more)


# --- what is found ------------------------------------------------------------------------------------------


def named(q: str, *paths: str) -> Q:
    """That each word stands in one of these stored keys."""
    found = Q()
    for word in search_key(q).split():
        found &= Q(*[(f"{path}__contains", word) for path in paths], _connector=Q.OR)
    return found


def documents_found(user: Any, q: str) -> QuerySet[Directive]:
    """Documents that hold every word, the newest first. Lazy."""
    rows = Directive.objects.visible_to(user).kept().for_lists().select_related("office")
    return in_order(holding_words(rows, q), "date", down=True)


def tasks_found(user: Any, q: str) -> QuerySet[Task]:
    """Items of issued documents, once each however many units they were given to. Lazy."""
    rows = Task.objects.visible_to(user).to_track().filter(directive__state=DirectiveState.ISSUED)
    listed = rows.filter(named(q, "search_key")).select_related("directive")
    return listed.defer(*(f"directive__{name}" for name in WHOLE_TEXTS), "search_key").order_by(
        "-directive__issued_on", "directive", "position"
    )


def units_found(user: Any, q: str) -> QuerySet[Unit]:
    """Schools and offices by name or code; what has closed comes last. Lazy."""
    found = units_in_scope(user).filter(named(q, "search_key") | Q(code__iexact=q))
    return found.order_by(F("valid_to").asc(nulls_first=True), "sort_key")


def people_found(user: Any, q: str, today: dt.date) -> QuerySet[Posting]:
    """Who works in a unit in sight, by name or by the name they sign in with. Lazy."""
    postings = Posting.objects.on(today).filter(unit__in=units_in_scope(user).values("pk"))
    found = postings.filter(named(q, "user__search_key"), user__is_active=True)
    return found.select_related("user", "unit").order_by("user__search_key", "pk")


def own_assignments(by: Posting, tasks: list[Task]) -> dict[int, int]:
    """A school's own share of each task: it has no list of units to choose from. One query."""
    if not by.unit.is_school or not tasks:
        return {}
    rows = Assignment.objects.filter(unit=by.unit_id, task__in=[one.pk for one in tasks])
    return dict(rows.values_list("task", "pk"))


# --- how it is shown ----------------------------------------------------------------------------------------


def document_hit(one: Directive, by: Posting) -> Hit:
    page = "directives:review" if rules.may_edit(by, one) else "directives:detail"
    parts = [one.full_number, day(one.issued_on), one.sender or one.office.short_name]
    if one.state != DirectiveState.ISSUED:
        parts.append(one.get_state_display())
    subject = one.subject[:1].upper() + one.subject[1:]
    return Hit(subject or _("(no subject yet)"), reverse(page, args=[one.pk]), joined(parts))


def task_hit(one: Task, own: dict[int, int]) -> Hit:
    """A school is led to its own share, an office to the units that have it to do."""
    if one.pk in own:
        url = reverse("directives:assignment", args=[own[one.pk]])
    else:
        url = f"{reverse('directives:assignments')}?task={one.pk}"
    until = _("by %(day)s") % {"day": day(one.deadline)} if one.deadline else ""
    item = _("item %(item)s") % {"item": item_name(one)} if one.path else ""
    words = Truncator(one.text).words(30, truncate=" …")
    return Hit(words, url, joined([one.directive.full_number, item, until]))


def unit_hit(one: Unit) -> Hit:
    closed = _("closed") if one.valid_to and one.valid_to <= timezone.localdate() else ""
    return Hit(one.name, unit_url(one), joined([one.get_kind_display(), one.code, one.phone, closed]))


def unit_url(one: Unit) -> str:
    """A school's own page, the schools of an office, or what an internal department has to do."""
    if one.is_school:
        return reverse("school", args=[one.pk])
    if one.kind == UnitKind.INTERNAL:
        return f"{reverse('directives:assignments')}?unit={one.pk}"
    return f"{reverse('school_list')}?office={one.pk}"


def person_hit(one: Posting, by: Posting) -> Hit:
    account = may_administer(by) and reverse("administration:person", args=[one.user_id])
    note = joined([one.role_name, one.unit.name, one.user.phone])
    return Hit(str(one.user), account or unit_url(one.unit), note)


def joined(parts: list[Any]) -> str:
    return " · ".join(str(one) for one in parts if one and one != NO_VALUE)
