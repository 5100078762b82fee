import datetime as dt

from django.db import migrations, models


def lay_down(apps, schema_editor):
    """What the month's form asked of every figure, whatever the rules said."""
    Rule = apps.get_model("targets", "QualityRule")
    Rule.objects.create(
        code="jump_of_others",
        name_vi="Số liệu khác xa tháng trước",
        name_en="Any other figure far from last month's",
        looks_at="jump",
        stem="",
        most="0.2",
        position=1 + max(Rule.objects.values_list("position", flat=True), default=0),
        valid_from=dt.date(2000, 1, 1),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('targets', '0017_parts_and_pledges'),
    ]

    operations = [
        migrations.AlterField(
            model_name='qualityrule',
            name='stem',
            field=models.CharField(blank=True, help_text='Empty: each figure that has no rule of its own.', max_length=30, verbose_name='figure'),
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
    ]
