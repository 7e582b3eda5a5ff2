import http.client
import socket
import time
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import translation

from portal import tables
from portal.catalogue import is_stale
from portal.demo.loading import is_loaded
from portal.demo.people import sign_ins
from portal.private_postgres import launcher
from portal.runner import processes
from portal.runner.supervisor import KeepsDyingError, Supervisor
from portal.settings import env

# A portal that was killed a moment ago may still be letting go of its port.
PORT_PATIENCE = 3.0
FIRST_PAGE_PATIENCE = 60.0


class Command(BaseCommand):
    help = "Run the portal here: web, worker, scheduler and index follower. Ctrl-C ends all."
    # The children check themselves; doing it here too would delay the first page.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=_port, default=None, help="default: PORT, or 8000")

    def handle(self, *_args: Any, **options: Any) -> None:
        host = env.text("HOST", "127.0.0.1")
        port = options["port"] or env.number("PORT", 8000, least=1, most=65535)
        _require_free(host, port)
        supervisor = Supervisor(settings.BASE_DIR, self.stderr.write)
        try:
            self._prepare()
            supervisor.listen()
            self._run(supervisor, host, port)
        except KeyboardInterrupt:
            return
        except KeepsDyingError as error:
            raise CommandError(f"Stopped: {error}.") from error
        finally:
            supervisor.stop()
            _let_go_of_database()

    def _prepare(self) -> None:
        tables.make(self.stderr)
        call_command("createcachetable", verbosity=0)
        if is_stale():
            call_command("translations", "compile", stdout=self.stderr)
        if settings.SITE["demonstration"]:
            self._load_demonstration()
        connections.close_all()

    def _load_demonstration(self) -> None:
        if is_loaded():
            return
        self.stderr.write("Loading the demonstration")
        try:
            # What it has to say, the greeting says.
            call_command("demo", stdout=StringIO())
            # So that the first visitor of the first page can search.
            call_command("follow_index", once=True, stderr=StringIO())
        except CommandError as error:
            # Where there are bodies already, they are what somebody wants to see.
            self.stderr.write(str(error))

    def _run(self, supervisor: Supervisor, host: str, port: int) -> None:
        workers = env.number("WEB_WORKERS", 2, least=1, most=64)
        supervisor.add(processes.web(host, port, workers=workers))
        # The rest waits its turn, so that the first page has the processors to itself.
        patience = time.monotonic() + FIRST_PAGE_PATIENCE
        supervisor.run(until=lambda: _answers(host, port) or time.monotonic() > patience)
        if supervisor.stopping:
            return
        self._greet(host, port)
        supervisor.add(*processes.background(settings.DATA_DIR))
        supervisor.run()

    def _greet(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"\n  http://{shown}:{port}/\n")
        if settings.SITE["demonstration"] and is_loaded(any_edition=True):
            self.stdout.write("  Demonstration data. Sign in as:")
            with translation.override("en"):  # as all that commands say
                for role, email, password in sign_ins():
                    self.stdout.write(f"    {role:<14} {email:<34} {password}")
        self.stdout.write("\n  Ctrl-C ends it.\n")
        self.stdout.flush()


def _port(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def _require_free(host: str, port: int) -> None:
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if time.monotonic() > deadline:
                raise CommandError(
                    f"Cannot listen on {host}:{port}: {error.strerror}. Choose another: PORT=8001."
                ) from error
            time.sleep(0.2)
        else:
            return


def _answers(host: str, port: int) -> bool:
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  not bound here
    connection = http.client.HTTPConnection(local, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _let_go_of_database() -> None:
    connections.close_all()
    folder = settings.DATABASES["default"].get("DATA_DIR")
    if folder:
        launcher.release(Path(folder))
