"""What lies on a device: the same for everybody, and sealed by a key of each person's own."""

import base64
import re

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from eduportal.base.sealing import owner_of, seal_of
from eduportal.pages.offline import FILES


def test_the_worker_keeps_files_that_there_are(client):
    answer = client.get(reverse("service_worker"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "no-cache" in answer["Cache-Control"]
    assert [name for name in FILES if not finders.find(name)] == []
    for name in FILES:
        assert f'"/static/{name}"' in answer.text


def test_it_is_another_one_when_a_file_changes(client, monkeypatch, tmp_path):
    def release() -> str:
        return re.search(r'"files-(\w+)"', client.get(reverse("service_worker")).text).group(1)

    before = release()
    changed = tmp_path / "changed.js"
    changed.write_text("// changed")
    monkeypatch.setattr("eduportal.pages.offline.finders.find", lambda name: str(changed))
    assert release() != before


def test_the_page_without_network_is_nobodys(db, cast, client_of):
    theirs, nobodys = client_of(cast.clerk).get(reverse("offline")), Client().get(reverse("offline"))
    without_token = [
        re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"', "", one.text) for one in (theirs, nobodys)
    ]
    assert without_token[0] == without_token[1]
    assert cast.clerk.user.full_name not in theirs.text
    assert 'name="person"' not in theirs.text


def test_every_other_page_says_whose_it_is(db, cast, client_of):
    page = client_of(cast.clerk).get("/")
    assert f'<meta name="person" content="{owner_of(cast.clerk.user)}">' in page.text
    assert '<meta name="person" content="">' in Client().get(reverse("account_login")).text


def test_each_person_has_a_key_of_their_own_that_the_owner_does_not_tell(db, cast, settings):
    clerk, principal = cast.clerk.user, cast.principal.user
    assert len({seal_of(clerk), seal_of(principal), owner_of(clerk), owner_of(principal)}) == 4
    assert len(base64.b64decode(seal_of(clerk))) == 32
    assert owner_of(AnonymousUser()) == owner_of(None) == ""
    before = seal_of(clerk)
    settings.SECRET_KEY = "another" * 10
    assert seal_of(clerk) != before


def test_pages_are_packed_for_weak_networks(db, cast, client_of):
    page = client_of(cast.clerk).get("/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
