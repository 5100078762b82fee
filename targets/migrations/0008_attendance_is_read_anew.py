"""Who was present is read anew each month, and what happened in a month happened in it: neither is last month's figure.

The rate of attendance goes on with the newest month that a school gave (`is_stock`).
"""

from django.db import migrations
from django.db.models import Q


def read_anew(apps, schema_editor):
    measures = apps.get_model("targets", "Measure").objects
    measures.filter(Q(stem="attending") | Q(is_stock=False)).update(carries_over=False)


class Migration(migrations.Migration):
    dependencies = [("targets", "0007_measures_and_indicators_edited")]
    operations = [migrations.RunPython(read_anew, migrations.RunPython.noop)]
