"""What an action answers instead of doing its work speaks for itself, in logs too."""

from types import SimpleNamespace

from django.utils import translation
from django.utils.translation import gettext_lazy

from eduportal.base.errors import EditConflict, Refused


def test_a_refusal_is_said_in_the_language_of_the_moment():
    with translation.override("en"):
        refused = Refused(gettext_lazy("January"))
        assert str(refused) == "January"
    with translation.override("vi"):
        assert str(refused.message) == "Tháng 1"


def test_a_conflict_names_the_stored_version():
    assert str(EditConflict(SimpleNamespace(version=4))) == "namespace(version=4) is at version 4"
