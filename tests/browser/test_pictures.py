"""The pictures for the README are taken as they are told to be, here of the small demo."""

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.pictures import PAPER, PICTURES, take
from tests.browser.serving import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo


def test_pictures_are_taken_in_both_languages(browser: Browser, portal: Portal, tmp_path):
    review = next(one for one in PICTURES if one.name == "review")
    take(browser, portal, tmp_path, [review])
    sizes = {}
    for file in tmp_path.iterdir():
        with Image.open(file) as image:
            sizes[file.name] = image.size
    assert sizes.pop("notice.vi.png")[0] == PAPER
    assert sizes == dict.fromkeys(["review.vi.png", "review.en.png"], (review.width, review.height))
    assert (tmp_path / "review.vi.png").read_bytes() != (tmp_path / "review.en.png").read_bytes()
