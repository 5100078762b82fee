"""Signing in by telephone and mail. Where several active people share a number or an address, as a school's
telephone is often entered for all, it signs none of them in."""

from collections import Counter

from django.db import migrations, models
from django.db.models import Q

from accounts.contacts import email_key, phone_key
from eduportal.base.text import search_key


def fill_keys(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    users = list(User.objects.order_by("pk"))
    for user in users:
        user.phone_key, user.email_key = phone_key(user.phone), email_key(user.email)
        user.search_key = search_key(f"{user.full_name} {user.username}")[:320]
    for name in ("phone_key", "email_key"):
        active = Counter(getattr(user, name) for user in users if user.is_active)
        shared = {key for key, times in active.items() if times > 1}
        for user in users:
            if getattr(user, name) in shared:
                setattr(user, name, "")
    User.objects.bulk_update(users, ["phone_key", "email_key", "search_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("user", "version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
        migrations.AddField("user", "phone_key", models.CharField(blank=True, default="", editable=False, max_length=20), preserve_default=False),
        migrations.AddField("user", "email_key", models.CharField(blank=True, default="", editable=False, max_length=254), preserve_default=False),
        migrations.AddField("user", "search_key", models.CharField(blank=True, db_index=True, default="", editable=False, max_length=320), preserve_default=False),
        migrations.AddField("user", "must_change_password", models.BooleanField(default=False, editable=False, verbose_name="must choose a new password")),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.AddConstraint("user", models.UniqueConstraint(condition=Q(("is_active", True), models.Q(("phone_key", ""), _negated=True)), fields=("phone_key",), name="accounts_user_phone_once")),
        migrations.AddConstraint("user", models.UniqueConstraint(condition=Q(("is_active", True), models.Q(("email_key", ""), _negated=True)), fields=("email_key",), name="accounts_user_email_once")),
    ]
