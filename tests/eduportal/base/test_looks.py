"""What the eye needs, computed: contrast of the colours in use. And what the content policy forbids."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).parents[3]
CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What dresses pages that others made (Django's admin, the API's description): those have tokens of their own.
FOREIGN = ("tables_site.css", "api.css")

# Text and what it stands on, wherever the stylesheets put them together.
TEXT_PAIRS = [
    *[(ink, "paper") for ink in ("ink", "accent", "accent-strong", "red", "amber", "green", "grey")],
    *[(ink, "surface") for ink in ("ink", "accent", "grey", "red", "amber", "green")],
    *[(ink, "accent-surface") for ink in ("ink", "accent", "accent-strong", "grey")],
    *[(ink, "amber-surface") for ink in ("ink", "amber", "accent", "red", "grey")],
    *[(ink, "red-surface") for ink in ("ink", "red", "accent")],
    *[(ink, "green-surface") for ink in ("ink", "green", "accent")],
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-red", "red"),
]
# Borders of controls and bars need less, but must be seen.
SHAPE_PAIRS = [("control-rule", "paper"), ("control-rule", "surface")]
# Every page loads these, and a page's own stylesheet comes beside them.
COMMON = re.findall(r"css/(\w+\.css)", (ROOT / "templates" / "components" / "styles.html").read_text())


def tokens() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("prefers-color-scheme: dark")
    colours = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    base = dict(colours.findall(light))
    return {"light": base, "dark": base | dict(colours.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme):
    colours = tokens()[theme]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_can_be_seen(theme):
    colours = tokens()[theme]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_every_colour_comes_from_a_token():
    strays = {
        path.name: found
        for path in CSS.glob("*.css")
        if path.name not in ("tokens.css", "print.css", *FOREIGN)
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text()))
    }
    assert strays == {}


def test_every_token_used_exists():
    styles = {path.name: path.read_text() for path in CSS.glob("*.css") if path.name not in FOREIGN}
    known = set(re.findall(r"(--[\w-]+):", styles["tokens.css"]))
    used = {name for text in styles.values() for name in re.findall(r"var\((--[\w-]+)", text)}
    assert used - known == set()


def test_templates_keep_to_the_content_policy():
    """No script, style or handler inside a page: the policy allows only files of our own."""
    forbidden = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
    offenders = {
        str(path.relative_to(ROOT)): found
        for path in TEMPLATES
        if "documents" not in path.parts and (found := forbidden.findall(path.read_text()))
    }
    assert offenders == {}


@pytest.mark.parametrize(
    "page", ["400.html", "404.html", "405.html", "429.html", "403.html", "403_csrf.html", "500.html"]
)
def test_error_pages_can_be_drawn_with_nothing_at_hand(page):
    html = render_to_string(page)
    assert len(re.findall("<h1>[^<]+</h1>", html)) == 1
    assert 'href="/"' in html


def classes_of(sheet: Path) -> set[str]:
    """The classes that a stylesheet gives a look of their own, not only within something else."""
    return set(re.findall(r"(?:^|[{},])\s*\.([\w-]+)\s*(?=[,{])", sheet.read_text(), re.MULTILINE))


def test_no_page_gives_another_look_to_a_class_of_another():
    """Two stylesheets on one page that mean different things by one name spoil each other."""
    own = {path: classes_of(path) for path in CSS.glob("*.css") if path.name not in (*COMMON, *FOREIGN)}
    common = set().union(*(classes_of(CSS / name) for name in COMMON))
    shared = [
        (path.name, name)
        for path, names in own.items()
        for name in names & common.union(*(more for other, more in own.items() if other != path))
    ]
    assert shared == []
