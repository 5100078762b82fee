"""What is right and what was corrected, thing by thing."""

from directives.learning import ItemNow, Learnt, of_head, of_item

READ = {
    "path": "2",
    "span": [10, 60],
    "rule": "arabic",
    "is_tracked": True,
    "work_rule": "is_task",
    "deadline": "2026-12-20",
    "deadline_raw": "chậm nhất ngày 20/12/2026",
    "deadline_rule": "latest",
    "deadline_span": [40, 60],
    "product": "",
    "product_rule": "",
    "product_span": None,
    "who": [
        {"role": "lead", "kind": "unit", "level": "", "unit": 3, "raw": "MN", "rule": "do", "span": [12, 14]}
    ],
}
AS_READ = {
    "path": "2",
    "span": (10, 60),
    "is_tracked": True,
    "is_removed": False,
    "deadline": "2026-12-20",
    "product": "",
    "lead": frozenset({"MN Hoa Ban"}),
    "support": frozenset(),
}
NAMES = {"unit:3": "MN Hoa Ban"}


def lessons(read: dict, **now: object) -> list[Learnt]:
    return list(of_item(read, ItemNow(**(AS_READ | now)), NAMES))


def wrong(read: dict, **now: object) -> list[Learnt]:
    return [one for one in lessons(read, **now) if not one.is_right]


def test_what_is_left_as_it_was_read_is_right():
    assert lessons(READ) == [
        Learnt("item", "arabic", "2 [10–60]", "2 [10–60]", (10, 60)),
        Learnt("work", "is_task", "task", "task", (10, 60)),
        Learnt("deadline", "latest", "2026-12-20", "2026-12-20", (40, 60)),
        Learnt("lead", "do", "MN Hoa Ban", "MN Hoa Ban", (12, 14)),
    ]
    assert wrong(READ) == []


def test_each_correction_is_that_of_its_rule():
    assert wrong(READ, deadline="2026-12-21", lead=frozenset({"THPT A", "all_schools"})) == [
        Learnt("deadline", "latest", "2026-12-20", "2026-12-21", (40, 60)),
        Learnt("lead", "do", "MN Hoa Ban", "THPT A; all_schools", (12, 14)),
    ]


def test_what_was_not_read_has_no_rule():
    assert wrong(READ, support=frozenset({"P. GDTH"}), product="danh sách") == [
        Learnt("product", "", "", "danh sách", (10, 60)),
        Learnt("support", "", "", "P. GDTH", (10, 60)),
    ]


def test_of_what_is_no_work_the_rest_is_not_judged():
    assert wrong(READ, is_tracked=False, deadline="") == [
        Learnt("work", "is_task", "task", "no task", (10, 60))
    ]


def test_an_item_moved_split_joined_or_taken_out_was_read_wrongly():
    assert [one.corrected for one in wrong(READ, path="I.2")] == ["I.2 [10–60]"]
    assert [one.corrected for one in wrong(READ, span=(10, 30))] == ["2 [10–30]"]
    assert lessons(READ, is_removed=True) == [Learnt("item", "arabic", "2 [10–60]", "✕", (10, 60))]
    other = {"path": "3", "span": [61, 90], "rule": "arabic"}
    assert wrong(READ | {"joined": [other]}, span=(10, 90)) == [
        Learnt("item", "arabic", "2 [10–60]", "2 [10–90]", (10, 60)),
        Learnt("item", "arabic", "3 [61–90]", "2 [10–90]", (61, 90)),
    ]


def test_an_item_added_by_hand_was_missed():
    assert lessons({"made": "added"}, path="") == [Learnt("item", "", "", "+", (10, 60))]


def test_the_head_is_judged_but_for_what_the_document_leaves_blank():
    read = {"number": "", "symbol": "TB-SGDĐT", "place": "", "subject": "Sơ kêt"}
    now = {"number": "07", "symbol": "TB-SGDĐT", "place": "", "subject": "Sơ kết"}
    assert list(of_head(read, now, ["number_blank"])) == [
        Learnt("head", "symbol", "TB-SGDĐT", "TB-SGDĐT"),
        Learnt("head", "subject", "Sơ kêt", "Sơ kết"),
    ]
    assert list(of_head({"number": ""}, {"number": "07"}, [])) == [Learnt("head", "number", "", "07")]
    evidence = [{"field": "doc_type", "rule": "title", "span": [4, 12]}]
    assert list(of_head({"kind": "ke_hoach"}, {"kind": "cong_van"}, [], evidence)) == [
        Learnt("head", "title", "ke_hoach", "cong_van", (4, 12))
    ]
