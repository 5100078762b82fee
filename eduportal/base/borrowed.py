"""Words that libraries show to people without bringing Vietnamese for them.

Named here, so that `makemessages` puts them into our own catalogue, which is asked first. Nothing imports this.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

# django-allauth
gettext_noop("You must type the same password each time.")

# Django
gettext_noop("Null characters are not allowed.")
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
ngettext_lazy(
    "Your password must contain at least %d character.",
    "Your password must contain at least %d characters.",
)
