"""The kinds of notification that documents send."""

from django.utils.translation import gettext_lazy as _

from trail.kinds import notice_kind

UNOPENED = notice_kind("directive.unopened", _("%(office)s asks you to open: %(document)s"))
