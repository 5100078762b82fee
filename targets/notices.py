"""The kinds of notification that targets send."""

from django.utils.translation import gettext_lazy as _

from trail.kinds import notice_kind

PLEDGE_RETURNED = notice_kind(
    "target.pledge_returned",
    _("%(office)s returned the target that you registered (%(what)s): %(reason)s"),
)
