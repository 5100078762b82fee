"""Sharing a target out to communes and schools, in a grid."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest
from targets import rules
from targets.actions import share_out
from targets.actions.sharing import SHARED
from targets.forms.sharing import ShareForm
from targets.queries.sharing import Sharing, sharing
from targets.sharing import WAYS_OF_COUNTS, WAYS_OF_RATES, Way, proposed
from targets.views.access import visible_target
from targets.wording import amount, wanted_words

WAYS = {
    Way.SAME: gettext_lazy("the same for each"),
    Way.SHARE: gettext_lazy("by share of what each has now"),
    Way.STEP: gettext_lazy("last year's result and the step still needed"),
}


@dataclass(frozen=True)
class Whole:
    """The parts beside the whole, in words, and what the page needs to say it anew while somebody types."""

    together: str
    goal: str
    is_rate: bool
    comparator: str
    value: Decimal


@require_http_methods(["GET", "POST"])
def share(request: ActingRequest, pk: int) -> HttpResponse:
    """The grid: proposed in one of the ways, changed by hand, saved all at once."""
    target = visible_target(request, pk)
    if not rules.may_share(request.posting, target):
        raise PermissionDenied
    if target.comparator not in SHARED:
        messages.error(request, _("A target of this kind is not shared out. Set one for each unit by hand."))
        return redirect("targets:target", pk)
    found = sharing(target, timezone.localdate(), request.user)
    way = chosen_way(request, found)
    form = ShareForm(request.POST or None, sharing=found, values=proposal(found, way))
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            with or_say_in(form) as act:
                shared = share_out(
                    target=target,
                    version=form.cleaned_data["version"],
                    values=form.values(),
                    reason=form.cleaned_data["reason"],
                    by=request.posting,
                )
        except EditConflict as problem:
            with_version(form, problem.current.version)
            conflict = True
        else:
            if act.done:
                words = _("Shared out: %(new)s targets set, %(changed)s changed, %(same)s left as they were.")
                messages.success(request, words % vars(shared))
                return redirect("targets:target", pk)
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "targets/share.html", shown(found, form, way, conflict), status=status)


def chosen_way(request: ActingRequest, found: Sharing) -> Way | None:
    """The way that is asked for; the first one where nothing has been shared out yet."""
    ways = ways_of(found)
    asked = request.GET.get("way", "")
    if asked in ways:
        return Way(asked)
    return None if found.given else ways[0]


def ways_of(found: Sharing) -> tuple[Way, ...]:
    return WAYS_OF_RATES if found.is_rate else WAYS_OF_COUNTS


def proposal(found: Sharing, way: Way | None) -> dict[int, Decimal] | None:
    if way is None:
        return None
    return proposed(way, found.pieces, found.target.value, is_rate=found.is_rate)


def shown(found: Sharing, form: ShareForm, way: Way | None, conflict: bool) -> dict[str, Any]:
    target = found.target
    indicator = target.indicator
    weights = {one.pk: one.weight for one in found.pieces}
    return {
        "target": target,
        "wanted": wanted_words(target, indicator),
        "form": form,
        "conflict": conflict,
        "ways": [(one, WAYS[one]) for one in ways_of(found)],
        "way": way,
        "rows": [
            (
                one,
                field,
                amount(one.now.value, indicator),
                amount(one.before.value, indicator),
                weights[one.unit.pk],
            )
            for one, field in form.rows()
        ],
        "whole": Whole(
            together=amount(form.together() if not form.is_bound or form.is_valid() else None, indicator),
            goal=amount(target.value, indicator),
            is_rate=found.is_rate,
            comparator=target.comparator,
            value=target.value,
        ),
    }
