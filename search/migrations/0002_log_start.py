from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogStart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField(editable=False)),
            ],
            options={
                'verbose_name': "start of the index's change log",
                'verbose_name_plural': "start of the index's change log",
            },
        ),
    ]
