"""The four figures of the month for each level. Pupils present are a daily average, so that attendance is a sum over
a sum: never an average of percentages."""

import datetime as dt

from django.db import migrations

LEVELS = {
    "preschool": ("trẻ", "children"),
    "primary": ("học sinh", "pupils"),
    "lower_secondary": ("học sinh", "pupils"),
    "upper_secondary": ("học sinh", "pupils"),
    "continuing": ("học viên", "learners"),
}
# stem, Vietnamese, English, highest plausible value in one unit
STEMS = [
    ("classes", "Số lớp", "Classes", 200),
    ("pupils", "Số {vi}", "{en}", 9_000),
    ("attending", "Số {vi} có mặt bình quân mỗi ngày", "{en} present on an average day", 9_000),
    ("teachers", "Số giáo viên", "Teachers", 900),
]


def add_measures(apps, schema_editor):
    Measure = apps.get_model("targets", "Measure")
    position = 0
    for level, (vi, en) in LEVELS.items():
        rows = {}
        for stem, name_vi, name_en, highest in STEMS:
            position += 1
            english = name_en.format(en=en)
            rows[stem] = Measure.objects.create(
                code=f"{level}.{stem}",
                stem=stem,
                level=level,
                name_vi=name_vi.format(vi=vi),
                name_en=english[0].upper() + english[1:],
                highest=highest,
                position=position,
                valid_from=dt.date(2000, 1, 1),
            )
        rows["attending"].at_most = rows["pupils"]
        rows["attending"].save(update_fields=["at_most"])


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]
    operations = [migrations.RunPython(add_measures, migrations.RunPython.noop)]
