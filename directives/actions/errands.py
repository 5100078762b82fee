"""Parts of a unit's own work, given to its people by name: given, done, opened again, taken back.

They are the unit's own, as what it has not sent is: the events are of the unit, not of the assignment.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directives.models import Assignment, AssignmentState, Errand
from eduportal.base.errors import Refused
from eduportal.base.text import nfc, search_key
from schools.models import Posting
from trail.actions import record

# More parts of one task are a plan of their own, and belong into a file beside it.
MOST_ERRANDS = 40


@transaction.atomic
def give_errand(
    *,
    assignment: Assignment,
    what: str,
    name: str,
    colleagues: list[User],
    deadline: dt.date | None,
    by: Posting,
) -> Errand:
    """Give a part to somebody of the unit. The one of `colleagues` who is named so finds it on their pages.

    Raises Refused for work that does not run, when there would be too many, and for a day after the unit's
    own deadline.
    """
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.state != AssignmentState.OPEN:
        raise Refused(_("This work does not run any more. Nobody was given a part of it."))
    if deadline and current.deadline and deadline > current.deadline:
        raise Refused(
            _("Your unit's own deadline is %(day)s. Give your colleague an earlier day.")
            % {"day": f"{current.deadline:%d/%m/%Y}"}
        )
    if current.errands.count() >= MOST_ERRANDS:
        raise Refused(_("At most %(most)s parts of one task can be given out.") % {"most": MOST_ERRANDS})
    made = Errand.objects.create(
        assignment=current,
        what=nfc(what).strip(),
        name=nfc(name).strip(),
        person=named_alone(name, colleagues),
        deadline=deadline,
        given_by=by.user,
    )
    record_errand("errand.given", made, by)
    return made


def named_alone(name: str, colleagues: list[User]) -> User | None:
    """The colleague of this name; nobody, where two bear it or it is nobody's here."""
    key = search_key(name)
    same = [one for one in colleagues if search_key(one.full_name) == key]
    return same[0] if len(same) == 1 else None


@transaction.atomic
def finish_errand(*, errand: Errand, note: str, by: Posting) -> None:
    """Say that a part is done. Raises Refused where somebody said so before."""
    done = {"done_at": timezone.now(), "done_by": by.user, "note": nfc(note).strip()}
    if not Errand.objects.filter(pk=errand.pk, done_at__isnull=True).update(**done):
        raise Refused(_("Somebody has said before that this part is done. Nothing was changed."))
    record_errand("errand.done", errand, by)


@transaction.atomic
def reopen_errand(*, errand: Errand, by: Posting) -> None:
    """A part that was said to be done is not. What was noted stays. Raises Refused where it is open."""
    open_again = {"done_at": None, "done_by": None}
    if not Errand.objects.filter(pk=errand.pk, done_at__isnull=False).update(**open_again):
        raise Refused(_("This part is open. Nothing was changed."))
    record_errand("errand.reopened", errand, by)


@transaction.atomic
def take_back_errand(*, errand: Errand, by: Posting) -> None:
    """Take a part back that is not done yet. Raises Refused for one that is: it is a record then."""
    if not Errand.objects.filter(pk=errand.pk, done_at__isnull=True).delete()[0]:
        raise Refused(_("This part is done or was taken back before. Nothing was changed."))
    record_errand("errand.taken_back", errand, by)


def record_errand(verb: str, errand: Errand, by: Posting) -> None:
    unit = errand.assignment.unit
    data = {"assignment": errand.assignment_id, "item": str(errand)}
    record(verb, about=unit, by=by, unit_id=unit.pk, data=data)
