"""A draft keeps the pages its writer has come to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_first")]

    operations = [migrations.AddField("draft", "reached", models.JSONField(default=list))]
