"""Small pictures of photos."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from eduportal.base import thumbnails
from eduportal.base.thumbnails import thumbnail_of


def photo(size=(1600, 1200), kind="JPEG", mode="RGB", colour="red", **saved) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **saved)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("size", "small"),
    [((1600, 1200), (320, 240)), ((1200, 1600), (180, 240)), ((100, 50), (100, 50)), ((4000, 10), (320, 1))],
)
def test_it_fits_and_keeps_its_shape(size, small):
    made = opened(thumbnail_of(photo(size), "image/jpeg"))
    assert (made.size, made.format) == (small, "JPEG")


def test_what_is_see_through_stands_on_white():
    made = opened(thumbnail_of(photo((40, 30), "PNG", "RGBA", (0, 0, 0, 0)), "image/png"))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_taken_upright_stands_upright_and_tells_nothing_else():
    tags = Image.Exif()
    tags[0x0112] = 6  # turned by a quarter
    tags[0x010F] = "Telephone of somebody"
    made = thumbnail_of(photo((1600, 1200), exif=tags.tobytes()), "image/jpeg")
    assert opened(made).size == (180, 240)
    assert (dict(opened(made).getexif()), b"somebody" in made) == ({}, False)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n picture", "image/png"),
        (photo()[:400], "image/jpeg"),
        (photo(kind="PNG"), "image/jpeg"),  # another kind than it was kept as
        (b"", "image/jpeg"),
    ],
)
def test_what_cannot_be_drawn_has_none(content, content_type):
    assert thumbnail_of(content, content_type) is None


def test_a_picture_of_more_pixels_than_a_photo_has_none(monkeypatch):
    monkeypatch.setattr(thumbnails, "MOST_PIXELS", 1000)
    assert thumbnail_of(photo((100, 100)), "image/jpeg") is None


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_damage_never_raises(noise, at):
    whole = photo((64, 48))
    thumbnail_of(whole[: at % len(whole)] + noise + whole[at % len(whole) + len(noise) :], "image/jpeg")
