"""What targets of the sector are measured by, besides the four figures of the month.

Of schools it is asked three times a year (start of the school year, second term, end), so that an ordinary month stays
four figures a level; completion and graduation once, when the year ends. Communes count the children who live there,
by the ages that universal education goes by (Nghị định 20/2014/NĐ-CP, điều 4 đến 12), each month.
"""

import datetime as dt

from django.db import migrations

YEAR = [1, 5, 9]
END_OF_YEAR = [6]
# level, stem, Vietnamese, English, highest in one unit, stem that it cannot be above, months; None: every month
OF_SCHOOLS = [
    ("preschool", "nursery", "Số trẻ nhà trẻ", "Children in nursery groups", 3_000, "pupils", YEAR),
    ("preschool", "kindergarten", "Số trẻ mẫu giáo", "Children in kindergarten classes", 5_000, "pupils", YEAR),
    ("preschool", "five_year_olds", "Số trẻ mẫu giáo 5 tuổi", "Five-year-olds", 2_000, "kindergarten", YEAR),
    ("primary", "of_age", "Số học sinh 6–10 tuổi", "Pupils aged 6 to 10", 9_000, "pupils", YEAR),
    ("primary", "six_in_grade_one", "Số trẻ 6 tuổi học lớp 1", "Six-year-olds in grade 1", 2_000, "of_age", YEAR),
    ("lower_secondary", "of_age", "Số học sinh 11–14 tuổi", "Pupils aged 11 to 14", 9_000, "pupils", YEAR),
    ("primary", "final_grade", "Số học sinh lớp 5 cuối năm", "Pupils of grade 5 at the end of the year", 2_000, None, END_OF_YEAR),
    ("primary", "completed", "Số học sinh hoàn thành chương trình tiểu học", "Pupils who completed the primary programme", 2_000, "final_grade", END_OF_YEAR),
    ("lower_secondary", "final_grade", "Số học sinh lớp 9 cuối năm", "Pupils of grade 9 at the end of the year", 2_000, None, END_OF_YEAR),
    ("lower_secondary", "graduated", "Số học sinh tốt nghiệp THCS", "Lower secondary graduates", 2_000, "final_grade", END_OF_YEAR),
    ("upper_secondary", "final_grade", "Số học sinh dự thi tốt nghiệp THPT", "Candidates for upper secondary graduation", 3_000, None, END_OF_YEAR),
    ("upper_secondary", "graduated", "Số học sinh tốt nghiệp THPT", "Upper secondary graduates", 3_000, "final_grade", END_OF_YEAR),
]
OF_EACH_LEVEL = [
    ("teachers_at_standard", "Số giáo viên đạt chuẩn trình độ đào tạo", "Teachers at the standard of training", 900, "teachers", YEAR),
    ("classrooms", "Số phòng học", "Classrooms", 300, None, YEAR),
    ("solid_classrooms", "Số phòng học kiên cố", "Solid classrooms", 300, "classrooms", YEAR),
]
LEVELS = ["preschool", "primary", "lower_secondary", "upper_secondary", "continuing"]
OF_COMMUNES = [
    ("age_0_2", "Số trẻ 0–2 tuổi trên địa bàn", "Resident children aged 0 to 2", None),
    ("age_3_5", "Số trẻ 3–5 tuổi trên địa bàn", "Resident children aged 3 to 5", None),
    ("age_5", "Số trẻ 5 tuổi trên địa bàn", "Resident children aged 5", "age_3_5"),
    ("age_6_10", "Số trẻ 6–10 tuổi trên địa bàn", "Resident children aged 6 to 10", None),
    ("age_6", "Số trẻ 6 tuổi trên địa bàn", "Resident children aged 6", "age_6_10"),
    ("age_11_14", "Số trẻ 11–14 tuổi trên địa bàn", "Resident children aged 11 to 14", None),
]
FLOWS = {"completed", "graduated"}


def add_measures(apps, schema_editor):
    Measure = apps.get_model("targets", "Measure")
    rows = [*OF_SCHOOLS, *((level, *row) for level in LEVELS for row in OF_EACH_LEVEL)]
    rows += [("", stem, vi, en, 90_000, at_most, []) for stem, vi, en, at_most in OF_COMMUNES]
    for position, (level, stem, vi, en, highest, at_most, months) in enumerate(rows, start=101):
        scope = level or "population"
        Measure.objects.create(
            code=f"{scope}.{stem}",
            stem=stem,
            level=level,
            reporter="school" if level else "commune",
            asked_in=months,
            name_vi=vi,
            name_en=en,
            is_stock=stem not in FLOWS,
            at_most=Measure.objects.get(code=f"{scope}.{at_most}") if at_most else None,
            highest=highest,
            position=position,
            valid_from=dt.date(2000, 1, 1),
        )


class Migration(migrations.Migration):
    dependencies = [("targets", "0003_reporters")]
    operations = [migrations.RunPython(add_measures, migrations.RunPython.noop)]
