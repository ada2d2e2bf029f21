from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0002_indexes_by_what_is_asked")]

    operations = [
        migrations.AddField(
            model_name="workedout",
            name="mark",
            field=models.UUIDField(
                help_text="Another whenever the stored obligations of the circle become others.", null=True
            ),
        ),
    ]
