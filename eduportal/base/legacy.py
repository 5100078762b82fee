"""Text written in the font codes of before Unicode. Pure."""

import re

# The commonest letters of TCVN3 (đ ơ ư â ê ô ă and the tones of a) and of VNI (đ ư) as a western code page
# shows them; neither windows-1258 nor Unicode text has more than a stray one.
LEGACY = ((re.compile(r"[®¬\xad©ª«¨µ¸¶·¹]"), 0.04), (re.compile(r"[ñöÑÖ]"), 0.02))


def is_legacy(text: str) -> bool:
    """Whether a text reads as TCVN3 or VNI shown in a western code page."""
    sample = text[:20_000]
    letters = sum(map(str.isalpha, sample)) or 1
    return any(len(signs.findall(sample)) > share * letters + 3 for signs, share in LEGACY)
