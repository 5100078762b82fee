"""The pictures of docs/screenshots: all there, in both languages, small, and those that the README shows."""

import re

import pytest
from PIL import Image

from scripts.steps import ROOT
from tests.browser.pictures import LANGUAGES, PAPER, PICTURES

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 200 * 1024
WIDTHS = {f"{one.name}.{language}.png": one.width for one in PICTURES for language in LANGUAGES}
WIDTHS["notice.vi.png"] = PAPER


def test_every_picture_is_there_and_no_other():
    assert {file.name for file in FOLDER.iterdir()} == set(WIDTHS)


@pytest.mark.parametrize("name", WIDTHS)
def test_a_picture_is_as_wide_as_its_screen_and_small(name):
    file = FOLDER / name
    with Image.open(file) as image:
        assert image.width == WIDTHS[name]
    assert file.stat().st_size < MOST_BYTES


def test_the_readme_shows_pictures_that_are_there():
    shown = re.findall(r"docs/screenshots/([\w.]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(shown) > 0
    assert set(shown) - set(WIDTHS) == set()
