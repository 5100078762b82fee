"""What plans of the sector set targets on besides: results at the year's end, boarding, staffing, universal education.

Schools and communes are asked once a year, in June: an ordinary month stays four figures a level. Whether a school or a
commune does or has something is 1 or 0; the rate is their share of all that answered.
"""

import datetime as dt

from django.db import migrations

JUNE = [6]
UNIVERSAL = "Nghị định số 20/2014/NĐ-CP"
PUPILS = 9_000
# stem, Vietnamese, English, highest in one unit, stem that it cannot be above
RESULTS = [
    ("assessed", "Số học sinh được đánh giá cuối năm", "Pupils assessed at the end of the year", PUPILS, None),
    ("conduct_pass", "Số học sinh có kết quả rèn luyện từ Đạt trở lên", "Pupils whose conduct is at least passed", PUPILS, "assessed"),
    ("conduct_good", "Số học sinh có kết quả rèn luyện Khá, Tốt", "Pupils whose conduct is fair or good", PUPILS, "conduct_pass"),
    ("study_pass", "Số học sinh có kết quả học tập từ Đạt trở lên", "Pupils whose studies are at least passed", PUPILS, "assessed"),
    ("study_good", "Số học sinh có kết quả học tập Khá, Tốt", "Pupils whose studies are fair or good", PUPILS, "study_pass"),
]
ENOUGH = ("enough_teachers", "Bố trí đủ giáo viên thực hiện chương trình (có: 1, không: 0)", "Has teachers enough for the programme (yes: 1, no: 0)", 1, None)
ROOMS = [
    ("boarding_need", "Số học sinh bán trú có nhu cầu phòng ở", "Boarding pupils who need a room", PUPILS, None),
    ("boarding_places", "Số học sinh bán trú được bố trí phòng ở", "Boarding pupils who have a room", PUPILS, "boarding_need"),
]
PLATFORM = ("digital_platform", "Triển khai nền tảng quản trị cơ sở giáo dục (có: 1, không: 0)", "Uses the platform of school management (yes: 1, no: 0)", 1, None)
PLEDGED = ("teachers_pledged", "Số giáo viên ký cam kết không dạy thêm trái quy định", "Teachers who pledged not to give forbidden extra lessons", 900, "teachers")
OF_SCHOOLS = {
    "preschool": [
        ("boarding_meals", "Số trẻ ăn bán trú tại trường", "Children who have their meals at school", PUPILS, "pupils"),
        ("cooking", "Tổ chức nấu ăn tập trung cho trẻ (có: 1, không: 0)", "Cooks for all children in one kitchen (yes: 1, no: 0)", 1, None),
        PLATFORM,
        PLEDGED,
    ],
    "primary": [
        ("assessed", "Số học sinh được đánh giá cuối năm", "Pupils assessed at the end of the year", PUPILS, None),
        ("result_complete", "Số học sinh đạt kết quả giáo dục từ Hoàn thành trở lên", "Pupils whose result is at least completed", PUPILS, "assessed"),
        ("result_good", "Số học sinh đạt kết quả giáo dục từ Hoàn thành tốt trở lên", "Pupils whose result is at least completed well", PUPILS, "result_complete"),
        ("grades_3_to_5", "Số học sinh lớp 3, 4, 5", "Pupils of grades 3 to 5", PUPILS, None),
        ("at_main_site", "Số học sinh lớp 3, 4, 5 học tại điểm trường trung tâm", "Pupils of grades 3 to 5 at the main site", PUPILS, "grades_3_to_5"),
        ("english_teachers", "Có giáo viên dạy tiếng Anh (có: 1, không: 0)", "Has teachers of English (yes: 1, no: 0)", 1, None),
        ("foreign_language", "Dạy ngoại ngữ cho học sinh từ lớp 3 (có: 1, không: 0)", "Teaches a foreign language from grade 3 (yes: 1, no: 0)", 1, None),
        ("two_sessions", "Tổ chức học 2 buổi/ngày (có: 1, không: 0)", "Teaches two sessions a day (yes: 1, no: 0)", 1, None),
        ENOUGH,
        *ROOMS,
        PLATFORM,
        PLEDGED,
    ],
    "lower_secondary": [*RESULTS, ENOUGH, *ROOMS, PLATFORM, PLEDGED],
    "upper_secondary": [
        *RESULTS,
        ("quota_10", "Chỉ tiêu tuyển sinh lớp 10", "Places offered in grade 10", 3_000, None),
        ("admitted_10", "Số học sinh trúng tuyển vào lớp 10", "Pupils admitted to grade 10", 3_000, None),
        ENOUGH,
        *ROOMS,
        PLATFORM,
        PLEDGED,
    ],
    "continuing": [PLATFORM, PLEDGED],
}
OF_COMMUNES = [
    ("preschool_5", "Đạt chuẩn phổ cập giáo dục mầm non cho trẻ em 5 tuổi (có: 1, không: 0)", "Universal preschool education of five-year-olds (yes: 1, no: 0)"),
    ("primary_2", "Đạt chuẩn phổ cập giáo dục tiểu học từ mức độ 2 (có: 1, không: 0)", "Universal primary education, at least level 2 (yes: 1, no: 0)"),
    ("primary_3", "Đạt chuẩn phổ cập giáo dục tiểu học mức độ 3 (có: 1, không: 0)", "Universal primary education, level 3 (yes: 1, no: 0)"),
    ("lower_secondary_2", "Đạt chuẩn phổ cập giáo dục THCS từ mức độ 2 (có: 1, không: 0)", "Universal lower secondary education, at least level 2 (yes: 1, no: 0)"),
    ("lower_secondary_3", "Đạt chuẩn phổ cập giáo dục THCS mức độ 3 (có: 1, không: 0)", "Universal lower secondary education, level 3 (yes: 1, no: 0)"),
    ("literacy_2", "Đạt chuẩn xóa mù chữ mức độ 2 (có: 1, không: 0)", "Literacy, level 2 (yes: 1, no: 0)"),
]
EVERY = ["preschool", "primary", "lower_secondary", "upper_secondary", "continuing"]
GENERAL = ["primary", "lower_secondary", "upper_secondary"]
# level, stem, names, numerator, denominator (none: the share of those that say yes), levels added up, wordings
RATES = [
    ("preschool", "boarding_meals_rate", "Tỷ lệ trẻ mầm non ăn bán trú", "Children who have their meals at school", "boarding_meals", "pupils", None, ["trẻ nhà trẻ và trẻ mẫu giáo ăn bán trú tại trường", "trẻ mầm non ăn bán trú"]),
    ("preschool", "cooking_rate", "Tỷ lệ trường tổ chức nấu ăn tập trung cho trẻ mầm non", "Preschools that cook in one kitchen", "cooking", None, None, ["trường có tổ chức nấu ăn tập trung cho trẻ mầm non"]),
    ("primary", "result_complete_rate", "Tỷ lệ học sinh tiểu học đạt kết quả giáo dục từ Hoàn thành trở lên", "Primary pupils whose result is at least completed", "result_complete", "assessed", None, ["học sinh đạt kết quả giáo dục từ Hoàn thành trở lên", "học sinh tiểu học hoàn thành chương trình lớp học"]),
    ("primary", "result_good_rate", "Tỷ lệ học sinh tiểu học đạt kết quả giáo dục từ Hoàn thành tốt trở lên", "Primary pupils whose result is at least completed well", "result_good", "assessed", None, ["học sinh đạt kết quả giáo dục từ Hoàn thành trở lên, trong đó Hoàn thành Tốt trở lên", "học sinh hoàn thành tốt, hoàn thành xuất sắc"]),
    ("primary", "main_site_rate", "Tỷ lệ học sinh lớp 3, 4, 5 học tại điểm trường trung tâm", "Pupils of grades 3 to 5 at the main site", "at_main_site", "grades_3_to_5", None, ["đưa học sinh lớp 3, 4, 5 ở các điểm trường lẻ về học tại điểm trường trung tâm"]),
    ("primary", "english_teachers_rate", "Tỷ lệ trường tiểu học có giáo viên dạy tiếng Anh", "Primary schools with teachers of English", "english_teachers", None, None, ["trường tiểu học có giáo viên dạy tiếng Anh"]),
    ("primary", "foreign_language_rate", "Tỷ lệ trường tiểu học dạy ngoại ngữ từ lớp 3", "Primary schools that teach a foreign language from grade 3", "foreign_language", None, None, ["trường tiểu học triển khai dạy học ngoại ngữ cho học sinh từ lớp 3"]),
    ("primary", "two_sessions_rate", "Tỷ lệ trường tiểu học tổ chức học 2 buổi/ngày", "Primary schools with two sessions a day", "two_sessions", None, None, ["trường tổ chức cho học sinh học 2 buổi/ngày", "trường tiểu học dạy học 2 buổi/ngày"]),
    ("", "enough_teachers_rate", "Tỷ lệ trường được bố trí đủ giáo viên thực hiện chương trình", "Schools with teachers enough for the programme", "enough_teachers", None, GENERAL, ["trường được bố trí giáo viên bảo đảm thực hiện Chương trình giáo dục phổ thông", "trường bố trí đủ giáo viên"]),
    ("", "boarding_places_rate", "Tỷ lệ đáp ứng nhu cầu phòng ở cho học sinh bán trú", "Boarding pupils with a room, of those who need one", "boarding_places", "boarding_need", GENERAL, ["đáp ứng nhu cầu phòng ở cho học sinh bán trú"]),
    ("", "digital_platform_rate", "Tỷ lệ cơ sở giáo dục triển khai nền tảng quản trị", "Schools that use the platform of school management", "digital_platform", None, EVERY, ["cơ sở giáo dục triển khai nền tảng quản trị cơ sở giáo dục", "triển khai hệ thống thông tin quản lý giáo dục, cơ sở giáo dục triển khai nền tảng quản trị"]),
    ("", "pledge_rate", "Tỷ lệ giáo viên ký cam kết không dạy thêm trái quy định", "Teachers who pledged not to give forbidden extra lessons", "teachers_pledged", "teachers", EVERY, ["giáo viên ký cam kết không tham gia dạy thêm trái quy định"]),
    ("upper_secondary", "admission_10_rate", "Tỷ lệ tuyển sinh vào lớp 10 THPT", "Admission to grade 10, of the places offered", "admitted_10", "quota_10", None, ["tỷ lệ tuyển sinh vào lớp 10 THPT", "tuyển sinh lớp 10 trung học phổ thông"]),
]
# stem, its words, English, numerator, what the sentence says before and after the level
RESULT_RATES = [
    ("conduct_pass_rate", "có kết quả rèn luyện từ Đạt trở lên", "whose conduct is at least passed", "conduct_pass", ["số học sinh có kết quả rèn luyện được đánh giá Đạt trở lên"]),
    ("conduct_good_rate", "có kết quả rèn luyện Khá, Tốt", "whose conduct is fair or good", "conduct_good", ["số học sinh có kết quả rèn luyện được đánh giá Đạt trở lên, trong đó Khá, Tốt"]),
    ("study_pass_rate", "có kết quả học tập từ Đạt trở lên", "whose studies are at least passed", "study_pass", ["học sinh có kết quả học tập được đánh giá Đạt trở lên"]),
    ("study_good_rate", "có kết quả học tập Khá, Tốt", "whose studies are fair or good", "study_good", ["học sinh có kết quả học tập được đánh giá Đạt trở lên, trong đó Khá, Tốt"]),
]
LEVELS = {"lower_secondary": ("THCS", "Lower secondary"), "upper_secondary": ("THPT", "Upper secondary")}
# stem of the measure, level, what it is in Vietnamese, in English
UNIVERSAL_EDUCATION = [
    ("preschool_5", "preschool", "phổ cập giáo dục mầm non cho trẻ em 5 tuổi", "universal preschool education of five-year-olds"),
    ("primary_2", "primary", "phổ cập giáo dục tiểu học mức độ 2 trở lên", "universal primary education of level 2 or 3"),
    ("primary_3", "primary", "phổ cập giáo dục tiểu học mức độ 3", "universal primary education of level 3"),
    ("lower_secondary_2", "lower_secondary", "phổ cập giáo dục trung học cơ sở mức độ 2 trở lên", "universal lower secondary education of level 2 or 3"),
    ("lower_secondary_3", "lower_secondary", "phổ cập giáo dục trung học cơ sở mức độ 3", "universal lower secondary education of level 3"),
    ("literacy_2", "", "xóa mù chữ mức độ 2", "literacy of level 2"),
]


def add_measures(Measure):
    position = max(Measure.objects.values_list("position", flat=True)) + 1
    rows = [(level, *row) for level, listed in OF_SCHOOLS.items() for row in listed]
    rows += [("", *row, 1, None) for row in OF_COMMUNES]
    for place, (level, stem, vi, en, highest, at_most) in enumerate(rows, start=position):
        scope = level or "universal"
        Measure.objects.create(
            code=f"{scope}.{stem}",
            stem=stem,
            level=level,
            reporter="school" if level else "commune",
            asked_in=JUNE,
            name_vi=vi,
            name_en=en,
            is_stock=True,
            at_most=Measure.objects.get(code=f"{scope}.{at_most}") if at_most else None,
            highest=highest,
            position=place,
            valid_from=dt.date(2000, 1, 1),
        )


def indicators():
    """Columns, numerators and denominators of each, in the order of lists."""
    for level, stem, vi, en, above, below, levels, wordings in RATES:
        yield rate(level, stem, vi, en, above, below, levels or [level], wordings)
    for level, (level_vi, level_en) in LEVELS.items():
        for stem, vi, en, above, wordings in RESULT_RATES:
            said = [f"{wording} {level_vi}" for wording in wordings]
            yield rate(level, stem, f"Tỷ lệ học sinh {level_vi} {vi}", f"{level_en} pupils {en}", above, "assessed", [level], said)
    for stem, level, vi, en in UNIVERSAL_EDUCATION:
        columns = {"level": level, "source": UNIVERSAL}
        held_vi = f"Xã, phường được công nhận đạt chuẩn {vi}, theo báo cáo của xã, phường"
        held_en = f"Communes that meet the standard of {en}, as they report"
        yield columns | {
            "code": f"{level or 'all'}.universal_{stem}", "unit": "communes", "making": "count",
            "name_vi": f"Số xã, phường đạt chuẩn {vi}", "name_en": f"Communes with {en}",
            "definition_vi": f"{held_vi}.", "definition_en": f"{held_en}.",
            "synonyms": [f"xã đạt chuẩn {vi}", f"giữ vững chuẩn {vi}", *beside_the_lower(vi)],
        }, [f"universal.{stem}"], []
        yield columns | {
            "code": f"{level or 'all'}.universal_{stem}_rate", "unit": "percent", "making": "yes_share",
            "name_vi": f"Tỷ lệ xã, phường đạt chuẩn {vi}", "name_en": f"Share of communes with {en}",
            "definition_vi": f"{held_vi}, trên số xã, phường đã báo cáo.", "definition_en": f"{held_en}, over the communes that reported.",
            "synonyms": [f"xã đạt chuẩn {vi}", f"xã giữ vững chuẩn {vi}", f"xã đặc biệt khó khăn giữ vững chuẩn {vi}"],
        }, [f"universal.{stem}"], []


def beside_the_lower(words):
    """Plans name the two levels in one breath: "giữ vững chuẩn … mức độ 2, 10 xã đạt chuẩn mức độ 3"."""
    lower = words.removesuffix("3") + "2"
    return [f"giữ vững chuẩn {lower}, xã đạt chuẩn mức độ 3"] if words.endswith("mức độ 3") else []


def rate(level, stem, vi, en, above, below, levels, wordings):
    whole = "các trường báo cáo đủ cả hai" if below else "các trường đã báo cáo"
    yes = "trường trả lời có trên tổng số trường" if below is None else "số ở tử số trên số ở mẫu số"
    return {
        "code": f"{level or 'all'}.{stem}", "level": level, "name_vi": vi, "name_en": en, "unit": "percent",
        "making": "rate" if below else "yes_share", "source": "",
        "definition_vi": f"{vi}: {yes}, của {whole}; báo cáo một lần khi kết thúc năm học.",
        "definition_en": f"{en}: {'a sum over a sum, of schools that gave both' if below else 'those that say yes, of the schools that answered'}; asked once, when the school year ends.",
        "synonyms": wordings,
    }, [f"{one}.{above}" for one in levels], [f"{one}.{below}" for one in levels] if below else []


def add(apps, schema_editor):
    Measure = apps.get_model("targets", "Measure")
    Indicator, Term = apps.get_model("targets", "Indicator"), apps.get_model("targets", "IndicatorTerm")
    add_measures(Measure)
    measures = {one.code: one for one in Measure.objects.all()}
    position = max(Indicator.objects.values_list("position", flat=True)) + 1
    for place, (columns, above, below) in enumerate(indicators(), start=position):
        row = Indicator.objects.create(position=place, valid_from=dt.date(2000, 1, 1), **columns)
        for side, ours, others in (("numerator", above, below), ("denominator", below, above)):
            for code in ours:
                beside = next((measures[one] for one in others if measures[one].level == measures[code].level), None)
                Term.objects.create(indicator=row, side=side, measure=measures[code], beside=beside)


class Migration(migrations.Migration):
    dependencies = [("targets", "0012_shares_of_units")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
