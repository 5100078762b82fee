import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_review'),
        ('schools', '0007_clusters'),
        ('targets', '0022_longer_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='DueDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('day', models.PositiveSmallIntegerField(verbose_name='due on day of the month')),
            ],
            options={
                'verbose_name': 'due day of reports',
                'verbose_name_plural': 'due days of reports',
            },
        ),
        migrations.AddField(
            model_name='monthlyreport',
            name='nothing_to_report',
            field=models.BooleanField(default=False, help_text='Said with a report in which nothing else is.', verbose_name='nothing to report'),
        ),
        migrations.AddField(
            model_name='question',
            name='asked_every',
            field=models.CharField(choices=[('month', 'every month'), ('quarter', 'every quarter'), ('term', 'every term'), ('school_year', 'every school year'), ('calendar_year', 'every calendar year')], default='month', max_length=20, verbose_name='asked for'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('asked_every', 'month'), ('asked_in', []), _connector='OR'), name='reports_question_months_of_a_monthly_one'),
        ),
        migrations.AddField(
            model_name='dueday',
            name='office',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.office'),
        ),
        migrations.AddConstraint(
            model_name='dueday',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 31)), name='reports_due_day_of_a_month'),
        ),
    ]
