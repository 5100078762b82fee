"""What becomes of a document later: amended, replaced, withdrawn; a draft thrown away and brought back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.halting import cancel_document
from directives.models import (
    Directive,
    DirectiveLink,
    DirectiveState,
    Ended,
    LinkKind,
)
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record

ENDINGS = {LinkKind.REPLACES: Ended.REPLACED, LinkKind.WITHDRAWS: Ended.WITHDRAWN}


@transaction.atomic
def change_issued(
    *, older: Directive, version: int, kind: str, newer: Directive | None, reason: str, by: Posting
) -> DirectiveLink:
    """Have an issued document amended or replaced by another, or withdraw it.

    With an issued `newer`, or none, it takes effect at once, otherwise on the day that is issued. Replacing
    and withdrawing cancel what is still open; what was done stays. Raises EditConflict, and Refused when the
    document is not in force or the two do not fit.
    """
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(_("Say why. Nothing was changed yet."))
    newer = hold_still(newer)
    older.claim(version)
    refuse_unfit(older, newer, kind)
    link = DirectiveLink.objects.create(
        older=older, newer=newer, kind=kind, reason=reason[:1000], made_by=by.user
    )
    if newer is None or newer.is_issued:
        take_effect(link, by)
    else:
        data = {"item": str(newer)[:120], "reason": link.reason}
        record("directive.change_planned", about=older, by=by, unit_id=older.office_id, data=data)
    return link


def hold_still(newer: Directive | None) -> Directive | None:
    """The newer document as it is now, locked: whether it is issued decides when the change takes effect.

    Before the older one, as when it is issued: two who lock in the same order do not wait for each other.
    """
    return newer and Directive.objects.select_for_update().get(pk=newer.pk)


def refuse_unfit(older: Directive, newer: Directive | None, kind: str) -> None:
    """The claim has locked the older document; what the row says now decides."""
    older.refresh_from_db(fields=["state", "ended"])
    if not older.is_in_force:
        raise Refused(_("This document is not in force, so it cannot be changed. Nothing was done."))
    if (newer is None) != (kind == LinkKind.WITHDRAWS):
        raise Refused(_("Choose the document that amends or replaces this one. Nothing was done."))
    if newer is None:
        return
    if newer.pk == older.pk or newer.office_id != older.office_id or newer.is_discarded or newer.ended:
        raise Refused(_("That document cannot amend or replace this one. Choose another."))
    if DirectiveLink.objects.filter(older=older, newer=newer).exists():
        raise Refused(_("These two documents are linked already. Nothing was changed."))


def settle_links(newer: Directive, by: Posting) -> None:
    """What a document was entered to do to others happens when it is issued. Within its transaction."""
    planned = DirectiveLink.objects.filter(newer=newer, effective_at__isnull=True)
    for link in planned.select_related("older"):
        take_effect(link, by)


def take_effect(link: DirectiveLink, by: Posting) -> None:
    older = Directive.objects.select_for_update().get(pk=link.older_id)
    link.effective_at = timezone.now()
    link.save(update_fields=["effective_at"])
    cancelled, verb = 0, "directive.amended"
    if link.kind in ENDINGS:
        verb = "directive.replaced" if link.newer_id else "directive.withdrawn"
    if link.kind in ENDINGS and not older.ended:
        Directive.objects.filter(pk=older.pk).update(
            ended=ENDINGS[LinkKind(link.kind)], version=F("version") + 1
        )
        cancelled = cancel_document(older, link.reason, by)
    data = {
        "item": str(link.newer)[:120] if link.newer else "",
        "reason": link.reason,
        "cancelled": cancelled,
    }
    record(verb, about=older, by=by, unit_id=older.office_id, data=data)


# --- drafts -------------------------------------------------------------------------------------------------


@transaction.atomic
def discard_draft(*, directive: Directive, version: int, by: Posting) -> None:
    """Throw a draft away: it leaves the lists, and can be brought back.

    Raises Refused for one that stands in the register of arrivals: its number would be missing there.
    """
    directive.claim(version)
    directive.refresh_from_db(fields=["state", "arrival_number"])
    if not directive.is_draft:
        raise Refused(_("Only a draft can be thrown away. Nothing was changed."))
    if directive.arrival_number is not None:
        raise Refused(_("A registered document keeps its arrival number and cannot be thrown away."))
    directive.state = DirectiveState.DISCARDED
    directive.save(update_fields=["state"])
    record("directive.discarded", about=directive, by=by, unit_id=directive.office_id)


@transaction.atomic
def bring_back(*, directive: Directive, version: int, by: Posting) -> None:
    """A draft that was thrown away is a draft again."""
    directive.claim(version)
    directive.refresh_from_db(fields=["state"])
    if not directive.is_discarded:
        raise Refused(_("This document is not thrown away. Nothing was changed."))
    directive.state = DirectiveState.DRAFT
    directive.save(update_fields=["state"])
    record("directive.brought_back", about=directive, by=by, unit_id=directive.office_id)
