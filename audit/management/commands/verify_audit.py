from typing import Any

from django.core.management.base import BaseCommand

from audit.selectors import verify


class Command(BaseCommand):
    help = "Walk the audit trail; exit 1 and name the first broken link if it was tampered with."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = verify()
        if found.fault is None:
            self.stdout.write(f"{found.count} entries hold; head {found.hash or 'none'}")
            return
        self.stderr.write(f"Broken at entry {found.entry_id}: {found.fault}.")
        self.stderr.write(f"{found.count} entries before it hold; the last has {found.hash}.")
        raise SystemExit(1)
