"""By which law an indicator is, where it was left open; a correction made meanwhile stays."""

from django.db import migrations

OF_THE_SECTOR = "Thông tư số 03/2024/TT-BGDĐT"
ASSESSMENT = "Thông tư số 22/2021/TT-BGDĐT"
OF_PRIMARY = "Thông tư số 27/2020/TT-BGDĐT"
CURRICULUM = "Thông tư số 32/2018/TT-BGDĐT"
# What no law asks for: plans of provinces and communes set it.
LOCAL = "Theo kế hoạch của địa phương"

SOURCES = {
    "classes": OF_THE_SECTOR,
    "pupils": OF_THE_SECTOR,
    "conduct_pass_rate": ASSESSMENT,
    "conduct_good_rate": ASSESSMENT,
    "study_pass_rate": ASSESSMENT,
    "study_good_rate": ASSESSMENT,
    "result_complete_rate": OF_PRIMARY,
    "result_good_rate": OF_PRIMARY,
    "two_sessions_rate": CURRICULUM,
    "foreign_language_rate": CURRICULUM,
    "admission_10_rate": "Thông tư số 30/2024/TT-BGDĐT",
    "pledge_rate": "Thông tư số 29/2024/TT-BGDĐT",
    "enough_teachers_rate": "Thông tư số 19/2023/TT-BGDĐT, Thông tư số 20/2023/TT-BGDĐT",
    "attendance_rate": LOCAL,
    "boarding_meals_rate": LOCAL,
    "boarding_places_rate": LOCAL,
    "cooking_rate": LOCAL,
    "digital_platform_rate": LOCAL,
    "english_teachers_rate": LOCAL,
    "main_site_rate": LOCAL,
}


def name_sources(apps, schema_editor):
    Indicator = apps.get_model("targets", "Indicator")
    for indicator in Indicator.objects.filter(source=""):
        source = SOURCES.get(indicator.code.partition(".")[2])
        if source:
            indicator.source = source
            indicator.save(update_fields=["source"])


class Migration(migrations.Migration):

    dependencies = [
        ("targets", "0018_every_figure_that_jumps"),
    ]

    operations = [migrations.RunPython(name_sources, migrations.RunPython.noop)]
