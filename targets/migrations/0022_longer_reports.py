from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('targets', '0021_form_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='asked_every',
            field=models.CharField(choices=[('month', 'every month'), ('quarter', 'every quarter'), ('term', 'every term'), ('school_year', 'every school year'), ('calendar_year', 'every calendar year')], default='month', max_length=20, verbose_name='asked for'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('asked_every', 'month'), ('asked_in', []), _connector='OR'), name='targets_measure_months_of_a_monthly_one'),
        ),
    ]
