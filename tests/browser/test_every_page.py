"""Every kind of page within two steps of the first one, for each role, in both languages, on a phone.

It keeps to the width, holds no name twice, and says in which language it is.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.conftest import People
from tests.browser.people import PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

STEPS = 2
LANGUAGES = ("vi", "en")
# Files to keep, and the tables of Django's admin, which are a page within themselves.
NO_PAGES = re.compile(
    r"/(pdf|docx|calendar|files|original|xlsx|csv|sample|workbook|annexes|export|docs|tables/\w+)(/|$)|^/language/"
)
ROLES = ("chuyenvien", "vanthu", "lanhdao", "quantri", "cv.doiche", "ld.doiche", "ht.doiche", "vp.doiche")


@pytest.mark.parametrize("username", ROLES)
def test_pages_fit_a_phone(people: People, username: str):
    person = people(username, PHONE)
    faults = {}
    for address in pages(person):
        for language in LANGUAGES:
            cookie = {"name": "django_language", "value": language, "url": people.portal.address}
            person.context.add_cookies([cookie])
            person.page.goto(address)
            faults[language, address] = faults_of(person, language)
    assert {place: found for place, found in faults.items() if found} == {}


def pages(person: Person) -> Iterator[str]:
    """One address of each kind, the nearest first; gives each to be opened, then goes on by its links."""
    seen, nearest = {"/"}, ["/"]
    for _step in range(STEPS + 1):
        further = []
        for address in nearest:
            yield address
            for link in links(person):
                kind = re.sub(r"\d+", "0", urlsplit(link).path)
                if kind not in seen:
                    seen.add(kind)
                    further.append(link)
        nearest = further


def links(person: Person) -> list[str]:
    """The pages of the portal that the page leads to."""
    found = person.page.locator("a[href]").evaluate_all("links => links.map((one) => one.href)")
    here = urljoin(person.page.url, "/")
    return [link for link in found if link.startswith(here) and not NO_PAGES.search(urlsplit(link).path)]


def faults_of(person: Person, language: str) -> list[str]:
    """What a page lacks; also what went wrong behind it."""
    behind, person.complaints = person.complaints, []
    return [*behind, *person.faults(), *person.page.evaluate(UNCLEAR, language)]


# A page has one heading of the first rank, one of each id, and tells its language.
UNCLEAR = """(language) => {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return [
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `id ${id} is there twice`),
    ...(document.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
    ...(document.documentElement.lang === language ? [] : [`lang ${document.documentElement.lang}`]),
  ];
}"""
