"""By which ways a person is reminded: their own page."""

import pytest
from django.urls import reverse

from accounts.models import User
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db


def told(page) -> list[str]:
    return [str(one) for one in page.context["messages"]]


def test_what_it_says_and_how_it_is_changed(cast, client_of):
    client = client_of(cast.principal)
    User.objects.filter(pk=cast.principal.user_id).update(email="hoa@ngocson.example")
    page = client.get(reverse("reminders"))
    for words in ("trước hạn 7, 3 và 1 ngày làm việc", "trong khoảng 7:00 đến 20:00", "hoa@ngocson.example"):
        assert words in page.text
    assert "by_message" not in page.context["form"].fields
    answer = client.post(reverse("reminders"), {}, follow=True)
    assert told(answer) == ["Đã lưu cách nhận nhắc việc, áp dụng từ bây giờ."]
    user = User.objects.get(pk=cast.principal.user_id)
    assert (user.remind_by_mail, user.remind_by_message) == (False, True)
    event = AuditEvent.objects.get(verb="account.reminders_chosen")
    assert (event.actor_id, event.data) == (user.pk, {"mail": False, "message": True})
    client.post(reverse("reminders"), {})
    assert AuditEvent.objects.filter(verb="account.reminders_chosen").count() == 1


def test_messages_are_offered_where_there_is_a_gateway(cast, client_of, settings):
    settings.MESSAGE_WEBHOOK_URL = "https://tin-nhan.example/gui"
    User.objects.filter(pk=cast.principal.user_id).update(phone="0912 000 111", phone_key="0912000111")
    client = client_of(cast.principal)
    assert "Gửi đến 0912 000 111." in client.get(reverse("reminders")).text
    client.post(reverse("reminders"), {"by_mail": "on"})
    user = User.objects.get(pk=cast.principal.user_id)
    assert (user.remind_by_mail, user.remind_by_message) == (True, False)


def test_everybody_has_it_in_their_menu(cast, client_of):
    assert f'href="{reverse("reminders")}"' in client_of(cast.clerk).get(reverse("home")).text
