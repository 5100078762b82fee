"""People: one name, given name last."""

import pytest

from accounts.models import User


@pytest.mark.parametrize(
    ("full_name", "shown", "called"),
    [("Đỗ Thị Lan", "Đỗ Thị Lan", "Lan"), ("Sơn", "Sơn", "Sơn"), ("", "dothilan", "dothilan")],
)
def test_how_a_person_is_named(full_name, shown, called):
    user = User(username="dothilan", full_name=full_name)
    assert (str(user), user.get_full_name(), user.get_short_name()) == (shown, shown, called)


@pytest.mark.django_db
def test_an_account_made_on_the_command_line_has_a_name():
    user = User.objects.create_superuser(
        "quan", "quan@ngocson.example", "ngocson-2026", full_name="Vũ Hồng Quân"
    )
    assert str(user) == "Vũ Hồng Quân"
