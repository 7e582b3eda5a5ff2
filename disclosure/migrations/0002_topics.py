from django.db import migrations

from disclosure.rules.topics import topics


def load(apps, schema_editor):
    Topic = apps.get_model("disclosure", "Topic")
    classes = {}
    for code, name, parent in topics():
        topic, _created = Topic.objects.update_or_create(
            code=code, defaults={"name": name, "parent": classes.get(parent)}
        )
        if not parent:
            classes[code] = topic


class Migration(migrations.Migration):

    dependencies = [("disclosure", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
