"""Small pictures of photos, to be shown where the photos lie. Pure.

A small picture is drawn anew from the pixels: whatever else a photo carries (where it was taken, by which
phone) stays in the photo, which is handed out only to be saved.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

WIDEST, HIGHEST = 320, 240
# Larger than any phone takes; what unpacks to more is no photo.
MOST_PIXELS = 120_000_000
QUALITY = 72
CONTENT_TYPE, ENDING = "image/jpeg", ".jpg"
TAKEN = {"image/jpeg": "JPEG", "image/png": "PNG"}


def thumbnail_of(content: bytes, content_type: str) -> bytes | None:
    """A JPEG within 320 by 240, upright; None for what is no photo or cannot be drawn."""
    kind = TAKEN.get(content_type)
    if kind is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes, which are looked at here
            with Image.open(io.BytesIO(content), formats=[kind]) as photo:
                return drawn(photo)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # Pillow raises each of these for some damage; a photo is kept without a small picture then.
        return None


def drawn(photo: Image.Image) -> bytes | None:
    if photo.width * photo.height > MOST_PIXELS:
        return None
    # Of a JPEG, only as much is unpacked as the small picture needs: twelve million pixels in 50 ms.
    photo.draft("RGB", (WIDEST * 2, HIGHEST * 2))
    small = ImageOps.exif_transpose(photo)
    small.thumbnail((WIDEST, HIGHEST))
    if small.mode in ("RGBA", "LA", "P"):
        see_through = small.convert("RGBA")
        small = Image.new("RGB", see_through.size, "white")
        small.paste(see_through, mask=see_through.getchannel("A"))
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
