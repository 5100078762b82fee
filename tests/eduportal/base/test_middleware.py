"""Vietnamese first, English behind a switch; a session that ended while a form was open."""

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from reports.actions import open_month
from reports.models import MonthlyReport


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

    def test_what_was_typed_is_handed_back_when_the_browser_has_dropped_the_session(self, client):
        answer = client.post("/tasks/1/report/", {"note": "Đã lợp lại mái", "percent": "40"})
        assert answer.status_code == 401
        assert [tuple(field) for field in answer.context["fields"]] == [
            ("note", "Đã lợp lại mái"),
            ("percent", "40"),
        ]
        assert answer.context["address"] == "/tasks/1/report/"

    def test_so_is_one_whose_browser_has_dropped_all_cookies(self, db):
        browser = Client(enforce_csrf_checks=True)
        answer = self.ask(browser, "post", hx_request="true")
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#session-ended")
        assert self.ask(browser, "post").status_code == 403

    def test_other_redirects_are_left_alone(self, client):
        answer = client.post(reverse("set_language"), {"language": "en"}, headers={"hx_request": "true"})
        assert answer.status_code == 302

    def test_the_page_has_the_place_and_takes_the_answer(self, client):
        page = client.get(reverse("account_login")).content.decode()
        assert 'id="session-ended"' in page
        assert '{"code": "401", "swap": true}' in page


class TestAddressesOfForms:
    @pytest.mark.parametrize(
        ("address", "page"),
        [
            ("/tasks/7/report/", "/tasks/7/"),
            ("/tasks/7/step/pause/", "/tasks/7/"),
            ("/tasks/extensions/7/decide/", "/tasks/extensions/"),
            ("/tasks/extensions/grant/?page=2", "/tasks/extensions/?page=2"),
            ("/documents/7/approve/", "/documents/7/"),
            ("/reports/open/", "/reports/"),
        ],
    )
    def test_opened_by_itself_it_leads_to_the_page_above(self, cast, client_of, address, page):
        assert client_of(cast.staff).get(address).headers["Location"] == page

    def test_after_signing_in_the_page_above_is_what_is_shown(self, cast, client):
        cast.clerk.user.set_password("mot-mat-khau-du-dai-2026")
        cast.clerk.user.save()
        data = {"login": cast.clerk.user.username, "password": "mot-mat-khau-du-dai-2026"}
        answer = client.post(f"{reverse('account_login')}?next=/reports/open/", data, follow=True)
        assert answer.redirect_chain == [("/reports/open/", 302), ("/reports/", 302)]
        assert answer.status_code == 200

    def test_what_a_page_does_not_take_is_told_in_the_portals_look(self, cast, client_of):
        answer = client_of(cast.staff).post("/reports/missing/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert '<main class="page"' in answer.text
        assert reverse("directives:assignments") in answer.text  # the navigation stands


class TestWithoutScripts:
    """A form of the month, sent by a browser that runs no scripts, by somebody whose session has ended."""

    TYPED = {"version": "1", "primary-pupils": "380", "difficulties": "Mưa lũ\nkéo dài", "save": ""}

    @pytest.fixture
    def row(self, province, cast):
        open_month(year=2026, month=11, by=None, today=dt.date(2026, 11, 22))
        return MonthlyReport.objects.get(unit=province.cloud_primary)

    def browser_of(self, posting):
        client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        client.force_login(posting.user)
        return client

    def token_on(self, page) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]

    def sign_in_again(self, browser, user) -> None:
        """As in another tab: the token of forms that are open is another session's from now on."""
        user.set_password("mot-mat-khau-du-dai-2026")
        user.save()
        page = browser.get(reverse("account_login"))
        data = {"login": user.username, "password": "mot-mat-khau-du-dai-2026"}
        answer = browser.post(reverse("account_login"), data | {"csrfmiddlewaretoken": self.token_on(page)})
        assert answer.status_code == 302

    def test_what_was_typed_is_handed_back_and_saved_after_signing_in(self, row, cast):
        browser, address = self.browser_of(cast.principal), reverse("reports:report", args=[row.pk])
        token = self.token_on(browser.get(address))
        Session.objects.all().delete()
        kept = browser.post(address, self.TYPED | {"csrfmiddlewaretoken": token})
        assert kept.status_code == 401
        assert [tuple(field) for field in kept.context["fields"]] == list(self.TYPED.items())
        assert ">\nMưa lũ\nkéo dài</textarea>" in kept.text

        self.sign_in_again(browser, cast.principal.user)
        again = browser.post(address, self.TYPED | {"csrfmiddlewaretoken": self.token_on(kept)})
        assert (again.status_code, again.context["signed_in"]) == (403, True)
        assert not MonthlyReport.objects.filter(saved_at__isnull=False).exists()
        saved = browser.post(address, self.TYPED | {"csrfmiddlewaretoken": self.token_on(again)})
        assert saved.status_code == 302
        assert MonthlyReport.objects.get(pk=row.pk).difficulties == "Mưa lũ\nkéo dài"

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
    def test_what_another_site_sends_is_refused_as_always(self, row, cast, origin):
        browser, address = self.browser_of(cast.principal), reverse("reports:report", args=[row.pk])
        token = self.token_on(browser.get(address))
        self.sign_in_again(browser, cast.principal.user)
        answer = browser.post(
            address, self.TYPED | {"csrfmiddlewaretoken": token}, headers={"origin": origin}
        )
        assert answer.status_code == 403
        assert "Mưa lũ" not in answer.text

    def test_passwords_are_not_handed_back(self, cast):
        browser = self.browser_of(cast.principal)
        token = self.token_on(browser.get(reverse("account_change_password")))
        Session.objects.all().delete()
        data = {"oldpassword": "mat-khau-cu", "csrfmiddlewaretoken": token}
        answer = browser.post(reverse("account_change_password"), data)
        assert "mat-khau-cu" not in answer.text
