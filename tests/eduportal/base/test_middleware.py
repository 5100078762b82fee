"""Vietnamese first, English behind a switch; a session that ended while a form was open."""

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


@pytest.mark.django_db
class TestSessionEnded:
    def ask(self, client, method, **headers):
        return getattr(client, method)("/documents/1/tasks/1/", headers=headers)

    def test_a_form_saved_in_place_stays_and_is_told(self, client):
        answer = self.ask(client, "post", hx_request="true")
        assert answer.status_code == 401
        assert answer.headers["HX-Retarget"] == "#session-ended"
        assert answer.headers["HX-Reswap"] == "innerHTML show:#session-ended:top"
        content = answer.content.decode()
        assert f'href="{reverse("account_login")}" target="_blank"' in content
        assert "<form" not in content

    def test_what_asks_by_itself_does_not_scroll_the_page(self, client):
        assert self.ask(client, "get", hx_request="true").headers["HX-Reswap"] == "innerHTML"

    def test_whole_pages_lead_to_sign_in(self, client):
        assert self.ask(client, "post").status_code == 302

    def test_other_redirects_are_left_alone(self, client):
        answer = client.post(reverse("set_language"), {"language": "en"}, headers={"hx_request": "true"})
        assert answer.status_code == 302

    def test_the_page_has_the_place_and_takes_the_answer(self, client):
        page = client.get(reverse("account_login")).content.decode()
        assert 'id="session-ended"' in page
        assert '{"code": "401", "swap": true}' in page
