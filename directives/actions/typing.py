"""Words not saved yet: kept as a person types, so that neither a reload nor a lost network takes them."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives.actions.drafting import draft_of
from directives.models import Directive, TypedForm
from eduportal.base.errors import Refused
from schools.models import Posting

# Ten times the longest item; what is longer is no form of this page.
LONGEST_TYPED = 200_000


@transaction.atomic
def keep_typed(*, directive: Directive, name: str, data: str, by: Posting) -> TypedForm:
    """Keep what was typed into a form, in place of what was kept of it before."""
    draft_of(directive)
    if len(data) > LONGEST_TYPED:
        raise Refused(_("This is too long to be kept while it is typed. Save it."))
    kept, _made = TypedForm.objects.update_or_create(
        directive=directive, user=by.user, name=name[:40], defaults={"data": data}
    )
    return kept


def forget_typed(*, directive: Directive, name: str, by: Posting) -> None:
    """The form was saved, or the person let go of it."""
    TypedForm.objects.filter(directive=directive, user=by.user, name=name).delete()
