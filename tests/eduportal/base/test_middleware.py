"""Vietnamese first, English behind a switch."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
class TestLanguage:
    def language_of(self, client, **headers):
        response = client.get(reverse("account_login"), headers=headers)
        assert f'<html lang="{response.headers["Content-Language"]}"' in response.content.decode()
        return response.headers["Content-Language"]

    @pytest.mark.parametrize("asked", ["", "en-US,en;q=0.9", "vi", "fr"])
    def test_what_the_browser_asks_for_is_not_heard(self, client, asked):
        assert self.language_of(client, accept_language=asked) == "vi"

    def test_what_the_person_chose_is_kept(self, client):
        answer = client.post(reverse("set_language"), {"language": "en", "next": "/account/login/"})
        assert answer.headers["Location"] == "/account/login/"
        assert self.language_of(client) == "en"
        assert self.language_of(Client()) == "vi"

    @pytest.mark.parametrize("cookie", ["fr", "", "../../etc/passwd", "x" * 5000])
    def test_a_language_that_is_not_there_is_vietnamese(self, client, settings, cookie):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
        assert self.language_of(client) == "vi"

    def test_switching_leads_to_no_other_site(self, client):
        answer = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})
        assert answer.headers["Location"] == "/"
