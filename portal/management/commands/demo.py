from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.loading import Loaded, RefusedError, is_loaded, load
from portal.demo.people import sign_ins


class Command(BaseCommand):
    help = (
        "Load the demonstration: an invented province with its bodies, documents and sign-ins. "
        "Refused where real bodies are, and where DEMO is not set. Doing it again changes nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if is_loaded():
            self.stdout.write("The demonstration is loaded.")
        else:
            try:
                self._tell(load(at=timezone.now()))
            except RefusedError as error:
                raise CommandError(f"The demonstration was not loaded: {error}.") from error
        for role, email, password in sign_ins():
            self.stdout.write(f"  {role:14} {email:34} {password}")

    def _tell(self, loaded: Loaded) -> None:
        tally = loaded.documents
        self.stdout.write(
            f"Demonstration: {loaded.bodies} bodies, {loaded.reading_places} reading places, "
            f"{loaded.people} people, {tally.created} documents "
            f"({tally.updated} updated, {tally.unchanged} unchanged)."
        )
        if tally.rejected_count:
            first = tally.rejected[0]
            raise CommandError(
                f"{tally.rejected_count} documents were rejected, the first: "
                f"{first.row.get('title')}: {first.reason}"
            )
