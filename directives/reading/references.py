"""Documents that the text cites: kind, number, symbol, date."""

from __future__ import annotations

import datetime
import re

from .model import Reference, Warning
from .normalise import LOWER, UPPER, View

KINDS = {
    "nghị định": "nghi_dinh", "thông tư liên tịch": "thong_tu", "thông tư": "thong_tu",
    "nghị quyết": "nghi_quyet",
    "quyết định": "quyet_dinh", "chỉ thị": "chi_thi", "kế hoạch": "ke_hoach", "công văn": "cong_van",
    "thông báo": "thong_bao", "kết luận": "ket_luan", "hướng dẫn": "huong_dan", "báo cáo": "bao_cao",
    "tờ trình": "to_trinh", "chương trình": "chuong_trinh", "đề án": "de_an", "công điện": "cong_dien",
    "giấy mời": "giay_moi", "luật": "luat", "pháp lệnh": "phap_lenh", "quy định": "quy_dinh",
    "quy chế": "quy_che",
    "văn bản": "van_ban", "biên bản": "bien_ban", "phương án": "phuong_an",
}  # fmt: skip
# Abbreviations of kinds in symbols (Nghị định 30/2020/NĐ-CP, annex III, and the legal kinds).
ABBREVIATIONS = {
    "NĐ": "nghi_dinh", "TT": "thong_tu", "TTLT": "thong_tu", "NQ": "nghi_quyet", "QĐ": "quyet_dinh",
    "CT": "chi_thi",
    "KH": "ke_hoach", "TB": "thong_bao", "KL": "ket_luan", "HD": "huong_dan", "BC": "bao_cao",
    "TTR": "to_trinh",
    "CTR": "chuong_trinh", "ĐA": "de_an", "CĐ": "cong_dien", "GM": "giay_moi", "QC": "quy_che", "QH": "luat",
    "CV": "cong_van", "BB": "bien_ban", "PA": "phuong_an",
}  # fmt: skip
SHORT_NAMED = {"thong_tu", "nghi_dinh", "nghi_quyet", "chi_thi", "quyet_dinh", "cong_van", "ket_luan"}

NAMES = "|".join(sorted(KINDS, key=len, reverse=True))
# The key tells kinds and dates, the text (with its capitals) tells symbols.
KIND_BEFORE = re.compile(rf"\b(?P<kind>{NAMES})(?: liên tịch)?(?: số)?:? ?$")
COUNT_WORD = re.compile(r"\bsố:? ?$")
ORGAN = rf"[{UPPER}][{UPPER}{LOWER}&0-9]*"
NUMBERED = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,5}}[a-zđ]?) ?(?:/ ?(?P<year>(?:19|20)\d\d))? ?"
    rf"(?:/ ?(?P<state>{ORGAN}(?: ?[-/] ?{ORGAN}){{0,4}})|"
    rf"- ?(?P<party>[A-ZĐ]{{2,5}}[a-z]?/{ORGAN}(?:-{ORGAN})?))"
)
SHORT = re.compile(
    rf"\b(?P<kind>{NAMES}) (?:số )?(?P<number>\d{{1,4}})(?![\w/.,%-]|, ?\d|"
    rf" ?-)(?! (?:trường|xã|lớp|năm|tháng))"
)
DATED = re.compile(
    r",? ?\(?(?:ngày|ban hành ngày|ký ngày) (?P<d>\d{1,2})(?: ?[/.-] ?|"
    r" tháng )(?P<m>\d{1,2})(?: ?[/.-] ?| năm )(?P<y>(?:19|20)\d\d)(?!\d)"
)
PARTY_ORGANS = re.compile(r"^[A-ZĐ]+-(?:TU|TW|HU|ĐU|BCS|BCSĐ)$")
LOOKED_BACK = 32


def read_references(view: View) -> tuple[list[Reference], list[Warning], bytearray]:
    """The documents cited in a stretch, warnings, and a mark on every character that belongs to one."""
    taken = bytearray(len(view.text))
    found: list[Reference] = []
    warnings: list[Warning] = []
    for match in NUMBERED.finditer(view.text):
        reference, a, b = _numbered(view, match)
        if reference is None:
            continue
        taken[a:b] = b"\1" * (b - a)
        found.append(reference)
        if _malformed(reference):
            warnings.append(Warning("reference_malformed", reference.span, {"text": reference.raw}))
    for match in SHORT.finditer(view.key):
        kind = KINDS[match["kind"]]
        a, b = match.span()
        if kind in SHORT_NAMED and not any(taken[a:b]) and not 1900 < int(match["number"]) < 2100:
            taken[a:b] = b"\1" * (b - a)
            found.append(Reference(kind, match["number"], None, None, view.raw(a, b), view.span(a, b)))
    return sorted(found, key=lambda reference: reference.span), warnings, taken


def _numbered(view: View, match: re.Match[str]) -> tuple[Reference | None, int, int]:
    """A number with a symbol; the symbol alone is enough only where it is formed like one."""
    a, b = match.span()
    symbol = re.sub(r"\s", "", match["state"] or match["party"]).rstrip("-/")
    before = view.key[max(0, a - LOOKED_BACK) : a]
    kind_word = KIND_BEFORE.search(before)
    count_word = COUNT_WORD.search(before)
    if not (kind_word or count_word) and not re.match(r"[A-ZĐ&]{2,}[A-Za-z]{0,3}[-/][A-ZĐ]", symbol):
        return None, a, b
    if not re.match(r"[A-ZĐ&]{2}|[A-ZĐ][a-zđ]?[A-ZĐ]", symbol):
        return None, a, b
    kind = KINDS[kind_word["kind"]] if kind_word else _kind_of_symbol(symbol)
    dated = DATED.match(view.key, b)
    date = _date(dated) if dated else None
    a -= len(before) - (kind_word or count_word).start() if kind_word or count_word else 0  # type: ignore[union-attr]
    b = dated.end() if dated else b
    year = int(match["year"]) if match["year"] else None
    return Reference(kind, match["number"], symbol, date, view.raw(a, b), view.span(a, b), year), a, b


def _kind_of_symbol(symbol: str) -> str:
    """A symbol without the abbreviation of a kind is that of a letter (công văn)."""
    parts = re.split(r"[-/]", symbol.upper())
    return next((ABBREVIATIONS[part] for part in parts if part in ABBREVIATIONS), "cong_van")


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _malformed(reference: Reference) -> bool:
    """A Party document numbered like a State one, a legal document without its year and kind, a kind that
    the symbol contradicts."""
    symbol = reference.symbol or ""
    if PARTY_ORGANS.match(symbol):
        return True
    if reference.kind in ("thong_tu", "nghi_dinh") and reference.year is None:
        return True
    by_symbol = _kind_of_symbol(symbol)
    plain = {"van_ban", "chuong_trinh", "de_an", "quy_dinh", "quy_che", None}
    return reference.kind not in plain and by_symbol != "cong_van" and by_symbol != reference.kind
