"""Which doubtful figures of a month are listed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.listed import ListedMonthForm
from reports.queries.doubts import Doubtful
from schools.models import Level, Unit

SERIOUS, MINOR = "serious", "minor"
EXPLAINED, UNEXPLAINED = "yes", "no"


class DoubtsForm(ListedMonthForm):
    """Month, office, level, severity, and whether there is a word of explanation."""

    office = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Office"), required=False, empty_label=_("all")
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", _("all")), *Level.choices], required=False)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[("", _("all")), (SERIOUS, _("serious")), (MINOR, _("minor"))],
        required=False,
    )
    explained = forms.ChoiceField(
        label=_("Explanation"),
        choices=[("", _("all")), (UNEXPLAINED, _("without")), (EXPLAINED, _("with"))],
        required=False,
    )

    def lets_through(self, one: Doubtful) -> bool:
        """Whether the filters leave a doubt."""
        asked = self.cleaned_data
        severity = SERIOUS if one.doubt.rule.is_serious else MINOR
        explained = EXPLAINED if one.remark else UNEXPLAINED
        return (
            asked["level"] in ("", one.doubt.level)
            and asked["severity"] in ("", severity)
            and asked["explained"] in ("", explained)
        )
