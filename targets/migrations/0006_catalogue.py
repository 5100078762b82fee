"""The sector's usual indicators: how each is counted, by which law, and how documents word it.

Every rate is a sum over a sum. Where one unit reports both parts, each counts beside the other in the same month.
"""

import datetime as dt

from django.db import migrations

UNIVERSAL = "Nghị định số 20/2014/NĐ-CP"
STANDARD = {
    "": "Thông tư số 17/2018/TT-BGDĐT, 18/2018/TT-BGDĐT, 19/2018/TT-BGDĐT",
    "preschool": "Thông tư số 19/2018/TT-BGDĐT",
    "primary": "Thông tư số 17/2018/TT-BGDĐT",
    "lower_secondary": "Thông tư số 18/2018/TT-BGDĐT",
    "upper_secondary": "Thông tư số 18/2018/TT-BGDĐT",
}
TRAINING = "Luật Giáo dục số 43/2019/QH14, điều 72; Nghị định số 71/2020/NĐ-CP"
BUILDINGS = "Thông tư số 13/2020/TT-BGDĐT"
# level: Vietnamese, English, learners in Vietnamese, in English, unit
LEVELS = {
    "preschool": ("mầm non", "preschool", "trẻ", "children", "children"),
    "primary": ("tiểu học", "primary", "học sinh", "pupils", "pupils"),
    "lower_secondary": ("THCS", "lower secondary", "học sinh", "pupils", "pupils"),
    "upper_secondary": ("THPT", "upper secondary", "học sinh", "pupils", "pupils"),
    "continuing": ("GDNN-GDTX", "continuing education", "học viên", "learners", "pupils"),
}
ALL = ("toàn ngành", "all levels")

# level, stem, Vietnamese, English, numerator, denominator, definitions, source, wordings
OVER_RESIDENTS = [
    ("preschool", "nursery_rate", "Tỷ lệ huy động trẻ nhà trẻ", "Nursery enrolment rate", "preschool.nursery", "population.age_0_2",
     "Trẻ nhà trẻ đang học trên tổng số trẻ 0–2 tuổi trên địa bàn do xã, phường báo cáo.",
     "Children in nursery groups over resident children aged 0 to 2, as communes count them.", UNIVERSAL,
     ["huy động trẻ nhà trẻ ra lớp", "trẻ nhà trẻ ra lớp", "trẻ dưới 3 tuổi đến nhà trẻ"]),
    ("preschool", "kindergarten_rate", "Tỷ lệ huy động trẻ mẫu giáo", "Kindergarten enrolment rate", "preschool.kindergarten", "population.age_3_5",
     "Trẻ mẫu giáo đang học trên tổng số trẻ 3–5 tuổi trên địa bàn do xã, phường báo cáo.",
     "Children in kindergarten classes over resident children aged 3 to 5, as communes count them.", UNIVERSAL,
     ["huy động trẻ mẫu giáo ra lớp", "trẻ mẫu giáo đạt", "trẻ 3-5 tuổi đi học mẫu giáo"]),
    ("preschool", "five_year_old_rate", "Tỷ lệ huy động trẻ mẫu giáo 5 tuổi", "Enrolment rate of five-year-olds", "preschool.five_year_olds", "population.age_5",
     "Trẻ 5 tuổi đang học mẫu giáo trên tổng số trẻ 5 tuổi trên địa bàn do xã, phường báo cáo.",
     "Five-year-olds in kindergarten over resident children aged 5, as communes count them.", UNIVERSAL,
     ["huy động trẻ 5 tuổi ra lớp", "trẻ em 5 tuổi đến trường", "trẻ mẫu giáo 5 tuổi"]),
    ("primary", "six_year_old_rate", "Tỷ lệ trẻ 6 tuổi vào lớp 1", "Six-year-olds in grade 1", "primary.six_in_grade_one", "population.age_6",
     "Trẻ 6 tuổi đang học lớp 1 trên tổng số trẻ 6 tuổi trên địa bàn do xã, phường báo cáo.",
     "Six-year-olds in grade 1 over resident children aged 6, as communes count them.", UNIVERSAL,
     ["huy động trẻ 6 tuổi vào lớp 1", "trẻ em 6 tuổi vào lớp 1"]),
    ("primary", "enrolment_rate", "Tỷ lệ huy động học sinh tiểu học trong độ tuổi", "Primary enrolment rate, ages 6 to 10", "primary.of_age", "population.age_6_10",
     "Học sinh tiểu học 6–10 tuổi trên tổng số trẻ 6–10 tuổi trên địa bàn do xã, phường báo cáo.",
     "Primary pupils aged 6 to 10 over resident children aged 6 to 10, as communes count them.", UNIVERSAL,
     ["huy động học sinh tiểu học trong độ tuổi đến trường", "huy động trẻ 6-10 tuổi ra lớp", "học sinh trong độ tuổi đến trường cấp tiểu học"]),
    ("lower_secondary", "enrolment_rate", "Tỷ lệ huy động học sinh THCS trong độ tuổi", "Lower secondary enrolment rate, ages 11 to 14", "lower_secondary.of_age", "population.age_11_14",
     "Học sinh THCS 11–14 tuổi trên tổng số trẻ 11–14 tuổi trên địa bàn do xã, phường báo cáo.",
     "Lower secondary pupils aged 11 to 14 over resident children aged 11 to 14, as communes count them.", UNIVERSAL,
     ["huy động học sinh trung học cơ sở trong độ tuổi ra lớp", "huy động trẻ 11-14 tuổi học THCS"]),
]
AT_THE_END = [
    ("primary", "completion_rate", "Tỷ lệ hoàn thành chương trình tiểu học", "Primary programme completion rate", "primary.completed", "primary.final_grade",
     "Học sinh hoàn thành chương trình tiểu học trên học sinh lớp 5 cuối năm của các trường báo cáo đủ cả hai.",
     "Pupils who completed the primary programme over pupils of grade 5 at the end of the year, of schools that gave both.",
     "Thông tư số 27/2020/TT-BGDĐT", ["học sinh hoàn thành chương trình tiểu học"]),
    ("lower_secondary", "graduation_rate", "Tỷ lệ tốt nghiệp THCS", "Lower secondary graduation rate", "lower_secondary.graduated", "lower_secondary.final_grade",
     "Học sinh được công nhận tốt nghiệp THCS trên học sinh lớp 9 cuối năm của các trường báo cáo đủ cả hai.",
     "Lower secondary graduates over pupils of grade 9 at the end of the year, of schools that gave both.",
     "Thông tư số 31/2023/TT-BGDĐT", ["học sinh tốt nghiệp trung học cơ sở"]),
    ("upper_secondary", "graduation_rate", "Tỷ lệ tốt nghiệp THPT", "Upper secondary graduation rate", "upper_secondary.graduated", "upper_secondary.final_grade",
     "Học sinh tốt nghiệp THPT trên học sinh dự thi của các trường báo cáo đủ cả hai.",
     "Upper secondary graduates over candidates, of schools that gave both.",
     "Thông tư số 24/2024/TT-BGDĐT", ["học sinh tốt nghiệp trung học phổ thông"]),
]
# stem, Vietnamese, English, numerator stem, denominator stem, definitions, source, wordings
SAME_SCHOOL = [
    ("attendance_rate", "Tỷ lệ chuyên cần {}", "Attendance rate", "attending", "pupils",
     "Số có mặt bình quân mỗi ngày trên tổng số, của các trường báo cáo đủ cả hai.",
     "Present on an average day over all, of schools that gave both.", "",
     ["tỷ lệ chuyên cần đạt", "tỷ lệ đi học chuyên cần", "duy trì sĩ số chuyên cần"]),
    ("solid_rate", "Tỷ lệ phòng học kiên cố {}", "Solid classrooms rate", "solid_classrooms", "classrooms",
     "Phòng học kiên cố trên tổng số phòng học, của các trường báo cáo đủ cả hai.",
     "Solid classrooms over all classrooms, of schools that gave both.", BUILDINGS,
     ["phòng học được kiên cố hóa", "trường học được xây dựng kiên cố"]),
    ("teachers_at_standard_rate", "Tỷ lệ giáo viên {} đạt chuẩn trình độ đào tạo", "Teachers at the standard of training", "teachers_at_standard", "teachers",
     "Giáo viên đạt chuẩn trình độ đào tạo trở lên trên tổng số giáo viên, của các trường báo cáo đủ cả hai.",
     "Teachers at or above the standard of training over all teachers, of schools that gave both.", TRAINING,
     ["giáo viên có trình độ đào tạo đạt chuẩn trở lên", "cán bộ quản lý, giáo viên có trình độ đào tạo đạt chuẩn"]),
]
# level of the standard, public schools only
RECOGNISED = [(1, False), (2, False), (1, True), (2, True)]


def rows():
    """Each indicator as its columns, its numerators and its denominators, in the order of lists."""
    yield from counts()
    for row in SAME_SCHOOL:
        yield from same_school(*row)
    for level, stem, vi, en, above, below, definition_vi, definition_en, source, wordings in OVER_RESIDENTS + AT_THE_END:
        pair = ([above], [below])
        yield columns(level, stem, vi, en, "percent", "rate", definition_vi, definition_en, source, wordings), *pair
    for standard_level, public_only in RECOGNISED:
        yield from recognised(standard_level, public_only)


def columns(level, stem, vi, en, unit, making, definition_vi, definition_en, source="", wordings=(), **more):
    return {
        "code": f"{level or 'all'}.{stem}",
        "level": level,
        "name_vi": vi,
        "name_en": en,
        "unit": unit,
        "making": making,
        "definition_vi": definition_vi,
        "definition_en": definition_en,
        "source": source,
        "synonyms": list(wordings),
        **more,
    }


def counts():
    classes = [f"{level}.classes" for level in LEVELS]
    pupils = [f"{level}.pupils" for level in LEVELS]
    for level, (vi, en, who_vi, who_en, unit) in LEVELS.items():
        yield columns(level, "classes", f"Số lớp {vi}", f"Classes, {en}", "classes", "count",
                      "Số lớp (nhóm, lớp) mới nhất trong kỳ, cộng các trường.", "Latest number of classes in the period, added up over schools.", "", [f"số lớp {vi}"]), [f"{level}.classes"], []
        yield columns(level, "pupils", f"Số {who_vi} {vi}", f"{who_en.capitalize()}, {en}", unit, "count",
                      f"Số {who_vi} mới nhất trong kỳ, cộng các trường.", f"Latest number of {who_en} in the period, added up over schools.", "", [f"tổng số {who_vi} {vi}", f"quy mô {who_vi} {vi}"]), [f"{level}.pupils"], []
    yield columns("", "classes", "Số lớp toàn ngành", "Classes, all levels", "classes", "count",
                  "Số lớp (nhóm, lớp) mới nhất trong kỳ của mọi cấp, cộng các trường.", "Latest number of classes of all levels, added up over schools.", "", ["tổng số lớp toàn ngành"]), classes, []
    yield columns("", "pupils", "Số học sinh, trẻ toàn ngành", "Pupils and children, all levels", "pupils", "count",
                  "Số học sinh, trẻ, học viên mới nhất trong kỳ của mọi cấp, cộng các trường.", "Latest number of pupils and children of all levels, added up over schools.", "", ["tổng số học sinh toàn ngành", "quy mô học sinh toàn ngành"]), pupils, []


def same_school(stem, vi, en, above, below, definition_vi, definition_en, source, wordings):
    for level, (level_vi, level_en, *_) in LEVELS.items():
        worded = [f"{words} {level_vi}" for words in wordings]
        yield (
            columns(level, stem, vi.format(level_vi), f"{en}, {level_en}", "percent", "rate", definition_vi, definition_en, source, worded),
            [f"{level}.{above}"],
            [f"{level}.{below}"],
        )
    yield (
        columns("", stem, vi.format(ALL[0]), f"{en}, {ALL[1]}", "percent", "rate", definition_vi, definition_en, source, [" ".join(vi.format("").split()), *wordings]),
        [f"{level}.{above}" for level in LEVELS],
        [f"{level}.{below}" for level in LEVELS],
    )


def recognised(standard_level, public_only):
    kind_vi, kind_en = (" công lập", "public schools") if public_only else ("", "schools")
    grade_vi = "từ mức độ 1" if standard_level == 1 else "mức độ 2"
    grade_en = "level 1 or 2" if standard_level == 1 else "level 2"
    suffix = "_public" if public_only else ""
    for level in STANDARD:
        level_vi, level_en, *_ = LEVELS.get(level, ("các cấp", "all levels"))
        who_vi = f"trường {level_vi}{kind_vi}"
        counted_vi = f"trường{kind_vi} có cấp {level_vi}" if level else f"trường{kind_vi} mầm non, tiểu học, THCS, THPT"
        more = {"standard_level": standard_level, "public_only": public_only}
        held_vi = f"Số {counted_vi} có quyết định công nhận đạt chuẩn quốc gia {grade_vi} còn hiệu lực vào ngày tính"
        held_en = f"{kind_en.capitalize()} of the level with a recognition of {grade_en} in force on the day"
        wordings = ["trường đạt chuẩn quốc gia", f"trường đạt chuẩn quốc gia mức độ {standard_level}", f"{who_vi} đạt chuẩn quốc gia"]
        yield columns(level, f"standard_{standard_level}{suffix}", f"Số {who_vi} đạt chuẩn quốc gia {grade_vi}",
                      f"{kind_en.capitalize()} at national standard {grade_en}, {level_en}", "schools", "recognised",
                      f"{held_vi}.", f"{held_en}.", STANDARD[level], wordings, **more), [], []
        yield columns(level, f"standard_{standard_level}_rate{suffix}", f"Tỷ lệ {who_vi} đạt chuẩn quốc gia {grade_vi}",
                      f"Share of {kind_en} at national standard {grade_en}, {level_en}", "percent", "recognised_share",
                      f"{held_vi}, trên tổng số {counted_vi}.", f"{held_en}, over all such {kind_en}.", STANDARD[level],
                      [f"tỷ lệ {words}" for words in wordings], **more), [], []


def add_indicators(apps, schema_editor):
    Indicator, Term = apps.get_model("targets", "Indicator"), apps.get_model("targets", "IndicatorTerm")
    measures = {one.code: one for one in apps.get_model("targets", "Measure").objects.all()}
    for position, (fields, above, below) in enumerate(rows(), start=1):
        row = Indicator.objects.create(position=position, valid_from=dt.date(2000, 1, 1), **fields)
        numerators, denominators = [measures[code] for code in above], [measures[code] for code in below]
        for side, ours, others in (("numerator", numerators, denominators), ("denominator", denominators, numerators)):
            for measure in ours:
                beside = next((one for one in others if (one.level, one.reporter) == (measure.level, measure.reporter)), None)
                Term.objects.create(indicator=row, side=side, measure=measure, beside=beside)


class Migration(migrations.Migration):
    dependencies = [("targets", "0005_indicators")]
    operations = [migrations.RunPython(add_indicators, migrations.RunPython.noop)]
