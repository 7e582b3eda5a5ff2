"""The years known when this was written. Later ones are entered, or brought by import_calendar."""

from datetime import UTC, date, datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from deadlines.rules.known_years import NUMBERS, PUBLISHED_ON, special_days, title

YEARS = range(2004, 2027)
ACTOR = "migration:deadlines.0002"


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    Revision = apps.get_model("deadlines", "Revision")
    CalendarDay = apps.get_model("deadlines", "CalendarDay")
    known = set(Revision.objects.filter(kind="holiday_notice").values_list("year", flat=True))
    for year in (year for year in YEARS if year not in known):
        published_on = PUBLISHED_ON.get(year)
        revision = Revision.objects.create(
            kind="holiday_notice",
            year=year,
            title=title(year),
            number=NUMBERS.get(year, ""),
            published_on=date.fromisoformat(published_on) if published_on else None,
            entered_at=datetime.now(UTC),
            entered_by=ACTOR,
        )
        CalendarDay.objects.bulk_create(
            CalendarDay(day=special.day, kind=special.kind, name=special.name, since=revision)
            for special in special_days(year)
        )


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
