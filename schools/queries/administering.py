"""Over which units, people and accounts an administrator's posting reaches."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import ApiToken
from accounts.roles import Permission
from schools.models import Office, Posting, School, Unit, UnitAncestry, UnitKind
from schools.models.unit import OfficeQuerySet, SchoolQuerySet
from schools.queries import units_in_scope
from schools.queries.tree import lasting_beneath

ENDING_SOON = dt.timedelta(days=30)


def units_administered(posting: Any) -> QuerySet[Unit]:
    """The units that a posting administers: those beneath its own unit that the person sees. Lazy.

    Narrower than what the person sees where they hold other postings besides. Units that are to open later
    are there already. A superuser, who acts without a unit, sets up the whole installation.
    """
    if posting.unit_id is None:
        return Unit.objects.all()
    day = timezone.localdate()
    office = posting.acting_unit
    coming = UnitAncestry.objects.filter(
        descendant=OuterRef("pk"), ancestor=office.pk, valid_from=F("descendant__valid_from")
    )
    present = Q(pk__in=lasting_beneath(office, day))
    if posting.unit.kind == UnitKind.INTERNAL:
        # A department may be limited to levels. Asked beforehand: SQLite nests conditions only so deep.
        present &= Q(pk__in=list(units_in_scope(posting.user).values_list("pk", flat=True)))
    return Unit.objects.filter(present | Q(valid_from__gt=day) & Exists(coming))


def oversees_installation(posting: Any) -> bool:
    """Whether a posting stands at the head: what belongs to no unit (measures) is looked after there."""
    return posting.unit_id is None or posting.acting_unit.kind == UnitKind.DEPARTMENT


def offices_administered(posting: Any) -> OfficeQuerySet:
    return Office.objects.filter(pk__in=units_administered(posting).values("pk"))


def schools_administered(posting: Any) -> SchoolQuerySet:
    return School.objects.filter(pk__in=units_administered(posting).values("pk"))


def postings_administered(posting: Any) -> QuerySet[Posting]:
    return Posting.objects.filter(unit__in=units_administered(posting).values("pk"))


def unended(today: dt.date) -> QuerySet[Posting]:
    """Postings of a person (for a subquery on accounts) that are in force or to come."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return Posting.objects.filter(lasting, user=OuterRef("pk"))


def accounts_seen(posting: Any) -> QuerySet:
    """Accounts of people who work in the units administered, or did so last. Lazy.

    Whoever has gone on to work elsewhere is the others' to look after. Accounts that were never posted are
    seen at the head of the installation.
    """
    today, own = timezone.localdate(), units_administered(posting).values("pk")
    here = Exists(unended(today).filter(unit__in=own))
    was_here = Exists(Posting.objects.filter(user=OuterRef("pk"), unit__in=own))
    seen = Q(here) | Q(was_here) & ~Q(Exists(unended(today)))
    if oversees_installation(posting):
        seen |= ~Q(Exists(Posting.objects.filter(user=OuterRef("pk"))))
    return get_user_model().objects.filter(seen)


def accounts_administered(posting: Any) -> QuerySet:
    """Of these, the ones the administrator may change: nobody who also works beyond the units administered.

    Who could reset the password of such a person could act as them there. Superusers belong to the shell.
    """
    own = units_administered(posting).values("pk")
    elsewhere = Exists(unended(timezone.localdate()).exclude(unit__in=own))
    return accounts_seen(posting).filter(~elsewhere, is_superuser=False)


def tokens_administered(user: Any, by: Posting | None) -> QuerySet[ApiToken]:
    """A person's own tokens; for who administers, those that act for a unit within their reach as well."""
    tokens = ApiToken.objects.select_related("posting__unit", "posting__user", "user")
    if by is None or not by.may(Permission.ADMINISTER):
        return tokens.filter(user=user.pk)
    return tokens.filter(Q(user=user.pk) | Q(posting__unit__in=units_administered(by).values("pk")))


# --- what is to be done ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Needs:
    """What an administrator does next, as the lists behind each count."""

    units_without_people: QuerySet[Unit]
    schools_without_account: QuerySet[School]
    people_without_posting: QuerySet
    people_without_password: QuerySet
    postings_ending: QuerySet[Posting]


def needs(posting: Any, today: dt.date) -> Needs:
    """Lazy: a query for each that is counted or listed."""
    open_units = units_administered(posting).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    posted = Exists(Posting.objects.on(today).filter(unit=OuterRef("pk"), user__is_active=True))
    empty = open_units.filter(~posted)
    active = accounts_administered(posting).filter(is_active=True)
    ends = {"valid_to__gt": today, "valid_to__lte": today + ENDING_SOON}
    return Needs(
        units_without_people=empty.exclude(kind=UnitKind.SCHOOL),
        schools_without_account=School.objects.filter(pk__in=empty.values("pk")),
        people_without_posting=active.filter(~Exists(unended(today))),
        people_without_password=active.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX),
        postings_ending=postings_administered(posting).filter(**ends, user__is_active=True),
    )
