"""Documents that the text cites: kind, number, symbol, date."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from .model import PREAMBLE, Reference, Span, Warning
from .normalise import LOWER, UPPER, View, any_of

KINDS = {
    "nghị định": "nghi_dinh", "thông tư liên tịch": "thong_tu", "thông tư": "thong_tu",
    "nghị quyết": "nghi_quyet",
    "quyết định": "quyet_dinh", "chỉ thị": "chi_thi", "kế hoạch": "ke_hoach", "công văn": "cong_van",
    "thông báo": "thong_bao", "kết luận": "ket_luan", "hướng dẫn": "huong_dan", "báo cáo": "bao_cao",
    "tờ trình": "to_trinh", "chương trình": "chuong_trinh", "đề án": "de_an", "công điện": "cong_dien",
    "giấy mời": "giay_moi", "luật": "luat", "pháp lệnh": "phap_lenh", "quy định": "quy_dinh",
    "quy chế": "quy_che",
    "dự án": "du_an", "chiến lược": "chien_luoc",
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
    rf"\b(?P<kind>{NAMES}) (?:số )?(?P<number>\d{{1,4}})(?![\w/%-]|[.,] ?\d|"
    rf" ?-)(?! (?:trường|xã|lớp|năm|tháng))"
)
DATED = re.compile(
    r",? ?\(?(?:ngày|ban hành ngày|ký ngày) (?P<d>\d{1,2})(?: ?[/.-] ?|"
    r" tháng )(?P<m>\d{1,2})(?: ?[/.-] ?| năm )(?P<y>(?:19|20)\d\d)(?!\d)"
)
# Who issued it: "… của Bộ Giáo dục và Đào tạo quy định …", up to the words for what it is about.
NOT_OF_ISSUER = any_of("""
    về, quy định, hướng dẫn, ban hành, phê duyệt, thực hiện, triển khai, sửa đổi, tại, theo, đã, công
    bố, bổ sung, giao, v/v, và của, và các, và kế hoạch, và công văn, và quyết định, và nghị quyết, và
    chỉ thị, và thông tư, và hướng dẫn, và nghị định
""")
# "Chỉ thị số 31/CT-TTg của Thủ tướng Chính phủ ngày 04/12/2019".
OF_ISSUER = re.compile(
    rf",? của (?:(?!(?:ngày|vào|từ|trước|{NOT_OF_ISSUER})(?!\w))[^\s,;:.()“”\"]+ ){{1,9}}?"
    r"(?:\(?khóa [^\W\d_]+\)?,? )?(?=(?:ngày|ban hành ngày|ký ngày) \d)"
)
PARTY_ORGANS = re.compile(r"^[A-ZĐ]+-(?:TU|TW|HU|ĐU|BCS|BCSĐ)$")
LOOKED_BACK = 32
ISSUED_BY = re.compile(rf",? (?:của|do) (?P<issuer>(?:(?!{NOT_OF_ISSUER}(?!\w))[^\s,;:.()“”\"]+ ?){{1,14}})")
LONGEST_ISSUER = 90
# Central authorities whose symbol says who they are.
AUTHORITIES = {
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BNV": "Bộ Nội vụ",
}
SENTENCE_END = re.compile(r"\n|[.] (?=[^\W\d_])")
BASIS = re.compile(
    r"\W*(?:(?:căn cứ|thực hiện|theo|trên cơ sở|thi hành|tiếp theo|xét|chấp hành|để|nhằm|nhận được)\b)"
)
# Programmes that have a name and no number: Đề án “…”, Chương trình … giai đoạn 2021 - 2030.
NAMED = re.compile(
    r"\b(?P<kind>đề án|chương trình|dự án|chiến lược|kế hoạch)"
    r"(?: [“\"][^”\"\n]{4,250}[”\"]| (?!số)[^,;:.“”\"()\n]{8,120}? giai đoạn (?:19|20)\d\d ?- ?(?:19|20)\d\d)"
)
LAW = re.compile(
    r"\b(?P<kind>luật|pháp lệnh) (?:sửa đổi[^;:.\n]{0,160}? )?[^,;:.\d\n]{3,90}? (?:số )?(?=ngày \d)"
)


def read_references(view: View, path: str = "") -> tuple[list[Reference], list[Warning], bytearray]:
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
        dated = _dated(view.key, b)
        known = kind in SHORT_NAMED or (dated and COUNT_WORD.search(view.key[a : match.start("number")]))
        if known and not any(taken[a:b]) and (dated or not 1900 < int(match["number"]) < 2100):
            b = dated.end() if dated else b
            taken[a:b] = b"\1" * (b - a)
            found.append(
                Reference(
                    kind,
                    match["number"],
                    None,
                    _date(dated) if dated else None,
                    view.raw(a, b),
                    view.span(a, b),
                    rule="short",
                    confidence=0.8,
                )
            )
    found += _named(view, taken)
    if path == PREAMBLE:
        founded = _founding(view)
        found = [replace(one, is_basis=any(a <= one.span[0] < b for a, b in founded)) for one in found]
    return sorted(found, key=lambda reference: reference.span), warnings, taken


def _named(view: View, taken: bytearray) -> Iterator[Reference]:
    """Programmes and laws that are cited by their names; each once."""
    told: set[str] = set()
    for pattern in (NAMED, LAW):
        for match in pattern.finditer(view.key):
            a, b = match.span()
            dated = DATED.match(view.key, b - 1) if pattern is LAW else None
            b = dated.end() if dated else b
            if any(taken[a:b]):
                continue
            taken[a:b] = b"\1" * (b - a)
            b = view.trimmed(a, b)[1]
            if view.key[a:b] in told:
                continue
            told.add(view.key[a:b])
            date = _date(dated) if dated else None
            kind = KINDS[match["kind"]] if match["kind"] in KINDS else match["kind"]
            yield Reference(
                kind, None, None, date, view.raw(a, b), view.span(a, b), rule="named", confidence=0.7
            )


def _founding(view: View) -> list[Span]:
    """The sentences that say what the document is founded on; one goes on over semicolons."""
    starts = [0, *(end.end() for end in SENTENCE_END.finditer(view.key)), len(view.key)]
    return [view.span(a, b) for a, b in itertools.pairwise(starts) if BASIS.match(view.key, a, b)]


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
    dated = _dated(view.key, b)
    date = _date(dated) if dated else None
    issuer = _issuer(view, dated.end() if dated and not OF_ISSUER.match(view.key, b) else b, symbol)
    a -= len(before) - (kind_word or count_word).start() if kind_word or count_word else 0  # type: ignore[union-attr]
    b = dated.end() if dated else b
    year = int(match["year"]) if match["year"] else None
    reference = Reference(
        kind,
        match["number"],
        symbol,
        date,
        view.raw(a, b),
        view.span(a, b),
        year,
        issuer,
        rule="numbered",
        confidence=0.97 if kind_word else 0.85,
    )
    return reference, a, b


def _dated(key: str, end: int) -> re.Match[str] | None:
    """The date right after a number and a symbol, or after the words for who issued it."""
    issuer = OF_ISSUER.match(key, end, end + LONGEST_ISSUER)
    return DATED.match(key, end) or (DATED.match(key, issuer.end() - 1) if issuer else None)


def _issuer(view: View, end: int, symbol: str) -> str | None:
    """Who is told to have issued it, else the central authority that its symbol names."""
    said = ISSUED_BY.match(view.key, end, end + LONGEST_ISSUER)
    if said:
        return view.raw(*view.trimmed(*said.span("issuer")))
    parts = re.split(r"[-/]", symbol.upper())
    return next((AUTHORITIES[part] for part in parts if part in AUTHORITIES), None)


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
