"""The API as a whole: its first answers, its description, and how it refuses."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from eduportal.api import router


def test_the_first_answer_leads_to_all_lists(api_of, cast):
    api = api_of(cast.clerk)
    found = api.get("/api/v1/").json()
    assert sorted(found) == sorted(["me", "schema", *(prefix for prefix, _view, _name in router.registry)])
    assert {api.get(url.removeprefix("http://testserver")).status_code for url in found.values()} == {200}


class TestRefusals:
    def test_what_is_not_there_answers_in_json(self, api_of, cast):
        answer = api_of(cast.clerk).get("/api/v1/nowhere/at/all")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_a_method_that_is_none_here(self, api_of, cast, method):
        answer = getattr(api_of(cast.clerk), method)("/api/v1/units/", {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")

    def test_other_than_json_is_not_answered(self, api_of, cast):
        answer = api_of(cast.clerk).get("/api/v1/units/", headers={"accept": "text/csv"})
        assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")

    def test_words_are_vietnamese_unless_english_is_asked_for(self, db):
        languages = [None, "vi", "en-US,en;q=0.8", "fr,en;q=0.5", "*", ";;;"]
        said = [Client(headers={"accept-language": one or ""}).get("/api/v1/me/").json() for one in languages]
        assert [one["detail"][:4] for one in said] == ["Hãy ", "Hãy ", "Sign", "Sign", "Hãy ", "Hãy "]
        assert {one["code"] for one in said} == {"not_authenticated"}

    def test_a_person_who_switched_is_answered_so(self, client_of, cast):
        client = client_of(cast.clerk)
        client.cookies["django_language"] = "en"
        answer = client.get("/api/v1/units/0/", headers={"accept-language": "vi"})
        assert answer.json()["detail"].startswith("There is nothing here")


class TestDescription:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_it_is_valid(self, tmp_path, language):
        file = tmp_path / "schema.json"
        options = {"file": str(file), "format": "openapi-json", "lang": language}
        call_command("spectacular", validate=True, fail_on_warn=True, **options)
        described = json.loads(file.read_text())
        assert described["openapi"].startswith("3.")
        paths = {f"/api/v1/{prefix}/" for prefix, _view, _name in router.registry}
        assert paths <= set(described["paths"])

    def test_every_operation_says_what_it_does_and_how_it_refuses(self, api_of, cast):
        described = api_of(cast.clerk).get("/api/v1/schema/?lang=en").json()
        operations = {
            f"{method} {path}": operation
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
        }
        assert [name for name, one in operations.items() if not one.get("summary")] == []
        refusals = {"400", "401", "403", "404", "429"}
        assert [name for name, one in operations.items() if not refusals <= set(one["responses"])] == []
        named = {one["name"] for one in described["tags"]}
        assert {tag for one in operations.values() for tag in one["tags"]} == named

    def test_it_speaks_both_languages(self, api_of, cast):
        api = api_of(cast.clerk)
        summaries = [
            api.get(f"/api/v1/schema/?lang={one}").json()["paths"]["/api/v1/units/"]["get"]["summary"]
            for one in ("vi", "en")
        ]
        assert summaries == ["Cơ quan và trường trong phạm vi", "Offices and schools in sight"]

    def test_the_page_brings_its_scripts_along_under_the_strict_policy(self, client_of, cast):
        page = client_of(cast.clerk).get(reverse("api:docs"))
        text = page.content.decode()
        assert "'unsafe" not in page.headers["Content-Security-Policy"]
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert ("http://" in text, "https://" in text, "<style" in text) == (False, False, False)
        assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in text
