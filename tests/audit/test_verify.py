from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from audit.models import Entry, Head
from audit.selectors import Fault, verify
from audit.services import erase, record
from audit.tasks import verify as verify_task

AT = datetime(2026, 10, 12, 1, 30, 0, 123456, tzinfo=UTC)


def write(subject_id: str = "1", **details: object) -> Entry:
    return record(
        action="document.published",
        actor="user:7",
        subject_type="document",
        subject_id=subject_id,
        at=AT,
        details=details,
    )


@pytest.fixture
def trail(db: None) -> list[Entry]:
    return [write(str(n), title=f"标题{n}", share=0.5) for n in range(5)]


def tamper(sql: str, *values: str | int) -> None:
    """What the owner of the tables can do, with no more rights than the portal itself has."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_an_empty_trail_holds() -> None:
    assert verify().fault is None


def test_a_trail_written_by_the_service_holds(trail: list[Entry]) -> None:
    found = verify()
    assert (found.fault, found.count, found.hash) == (None, 5, trail[-1].hash)
    assert [entry.previous_hash for entry in trail[1:]] == [entry.hash for entry in trail[:-1]]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET actor = 'user:8'",
        "UPDATE audit_entry SET details = '{}'",
        "UPDATE audit_entry SET details = NULL",
        "UPDATE audit_entry SET at = now()",
    ],
)
def test_the_database_refuses_to_rewrite_the_trail(trail: list[Entry], sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE audit_entry SET actor = 'user:8' WHERE id = %s", Fault.CHANGED),
        ("UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = %s", Fault.CHANGED),
        ('UPDATE audit_entry SET details = \'{"title": "x"}\' WHERE id = %s', Fault.DETAILS),
        ("UPDATE audit_entry SET details = NULL WHERE id = %s", Fault.DETAILS),
        (
            "UPDATE audit_entry SET details = NULL, salt = NULL WHERE id = %s",
            Fault.ERASED_UNRECORDED,
        ),
        ("UPDATE audit_entry SET previous_hash = '' WHERE id = %s", Fault.OUT_OF_PLACE),
    ],
)
def test_a_rewritten_entry_is_found_and_named(trail: list[Entry], sql: str, fault: Fault) -> None:
    tamper(sql, trail[2].pk)
    found = verify()
    assert (found.entry_id, found.fault) == (trail[2].pk, fault)


def test_a_missing_entry_is_found_at_the_one_after_it(trail: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", trail[2].pk)
    found = verify()
    assert (found.entry_id, found.fault) == (trail[3].pk, Fault.OUT_OF_PLACE)


def test_swapped_entries_are_found(trail: list[Entry]) -> None:
    first, second = trail[1].pk, trail[2].pk
    for old, new in ((first, 0), (second, first), (0, second)):
        tamper("UPDATE audit_entry SET id = %s WHERE id = %s", new, old)
    found = verify()
    assert (found.entry_id, found.fault) == (first, Fault.OUT_OF_PLACE)


def test_a_tail_that_was_cut_off_is_missed(trail: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id >= %s", trail[3].pk)
    found = verify()
    assert (found.entry_id, found.fault) == (trail[2].pk, Fault.CUT_OFF)


def test_a_well_formed_entry_added_past_the_writers_is_found(trail: list[Entry]) -> None:
    head = Head.objects.values("entry_count", "hash").get()
    forged = write("forged")
    Head.objects.update(**head)
    found = verify()
    assert (found.entry_id, found.fault) == (forged.pk, Fault.UNACCOUNTED)


def test_erased_details_are_gone_and_the_chain_still_holds(trail: list[Entry]) -> None:
    erase(trail[1], actor="user:9", at=AT, reason="data subject asked")
    trail[1].refresh_from_db()
    assert trail[1].details is None
    assert trail[1].salt is None
    assert verify().fault is None
    newest = Entry.objects.latest("id")
    assert (newest.action, newest.subject_id) == ("audit.details_erased", str(trail[1].pk))


def test_details_survive_what_the_database_does_to_numbers_and_times(db: None) -> None:
    entry = write(share=1e2, at=AT, note="a\x00b", nested={"b": [1, None], "a": True})
    entry.refresh_from_db()
    assert entry.details is not None
    assert entry.details["share"] == "100.0"
    assert verify().fault is None


def test_the_command_names_the_first_broken_link(
    trail: list[Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit")
    assert trail[-1].hash in capsys.readouterr().out
    tamper("UPDATE audit_entry SET action = 'nothing' WHERE id = %s", trail[3].pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert f"Broken at entry {trail[3].pk}" in capsys.readouterr().err


def test_the_nightly_job_calls_for_attention(
    trail: list[Entry], caplog: pytest.LogCaptureFixture
) -> None:
    verify_task()
    assert not caplog.records
    tamper("DELETE FROM audit_entry WHERE id = %s", trail[0].pk)
    verify_task()
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]


# Only the tables of this app are emptied afterwards, and not what migrations put into others.
@pytest.mark.django_db(transaction=True, available_apps=["audit"])
def test_writers_at_the_same_moment_keep_one_chain() -> None:
    def write_some(writer: int) -> None:
        for n in range(10):
            write(f"{writer}-{n}")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write_some, range(4)))
    found = verify()
    assert (found.fault, found.count) == (None, 40)
