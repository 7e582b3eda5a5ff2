import logging
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from notices.gateways import NotTakenError
from notices.models import Notice
from notices.rules.masking import masked
from notices.rules.messages import Channel, State
from notices.rules.quiet_hours import SHANGHAI, earliest
from tests.factories.notices import a_post
from tests.notices.conftest import AT, deliver, now_is, posted

HOURS = st.integers(0, 23)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=SHANGHAI)
)


class Telephones:
    """A gateway that keeps what it takes, and raises what a test tells it to raise."""

    taken: list[tuple[str, str]] = []
    error: Exception | None = None

    def send(self, phone: str, text: str, reference: str) -> None:
        if self.error:
            raise self.error
        assert reference
        self.taken.append((phone, text))


@pytest.fixture
def telephones(monkeypatch: pytest.MonkeyPatch) -> type[Telephones]:
    monkeypatch.setattr("notices.gateways.import_string", lambda _path: Telephones)
    monkeypatch.setattr(Telephones, "taken", [])
    monkeypatch.setattr(Telephones, "error", None)
    return Telephones


@pytest.fixture
def said(db: None) -> Notice:
    return posted(a_post(channels=(Channel.SMS,), to__phone="13812345678"))


def is_quiet(hour: int, begins: int, ends: int) -> bool:
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


@given(MOMENTS, HOURS, HOURS)
def test_a_loud_hour_is_soon_enough(at: datetime, begins: int, ends: int) -> None:
    assert (earliest(at, begins, ends) == at) is not is_quiet(at.hour, begins, ends)


@given(MOMENTS, HOURS, HOURS)
def test_a_quiet_hour_ends_when_it_should(at: datetime, begins: int, ends: int) -> None:
    then = earliest(at, begins, ends)

    assert at <= then < at + timedelta(days=1)
    assert then == at or (then.hour, then.minute, then.microsecond) == (ends, 0, 0)
    assert earliest(then, begins, ends) == then


def test_the_night_is_shanghais() -> None:
    utc = datetime.fromisoformat("2026-03-18T15:00+00:00")

    assert earliest(utc, 22, 8).isoformat() == "2026-03-19T08:00:00+08:00"


def test_a_text_message_is_the_signed_subject(said: Notice, telephones: type[Telephones]) -> None:
    assert deliver() == 1

    ((phone, text),) = telephones.taken
    assert phone == "13812345678"
    assert text.startswith("【明川省政府信息公开】答复申请 · “关于小区加装电梯补助的申请”")
    assert now_is(said).state == State.SENT


def test_no_telephone_rings_at_night(said: Notice, telephones: type[Telephones]) -> None:
    assert deliver(timedelta(hours=12)) == 0
    assert deliver(timedelta(hours=21, minutes=59)) == 0
    assert deliver(timedelta(hours=22)) == 1


def test_what_failed_in_the_evening_is_tried_in_the_morning(
    said: Notice, telephones: type[Telephones]
) -> None:
    telephones.error = NotTakenError("busy")
    deliver(timedelta(hours=11, minutes=59, seconds=30))

    assert now_is(said).next_attempt_at == AT.replace(day=19, hour=8)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotTakenError("busy"), State.WAITING),
        (NotTakenError("no such number", permanent=True), State.DEAD),
        (TimeoutError("no answer"), State.IN_DOUBT),
        (KeyError("code"), State.IN_DOUBT),
    ],
)
def test_what_a_gateway_says_decides(
    said: Notice, telephones: type[Telephones], error: Exception, state: State
) -> None:
    telephones.error = error

    assert deliver() == 0
    assert now_is(said).state == state


def test_a_gateway_that_does_not_exist_is_tried_again(said: Notice, settings: Settings) -> None:
    settings.SMS_GATEWAY = "notices.gateways.NoSuchGateway"

    deliver()

    assert now_is(said).state == State.WAITING
    assert "NoSuchGateway" in said.last_error


def test_the_gateway_for_trying_out_writes_the_number_to_no_log(
    said: Notice, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert deliver() == 1

    assert "*******5678" in caplog.text
    assert "13812345678" not in caplog.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("13812345678", "*******5678"),
        ("110", "***"),
        ("li.hua@example.cn", "l***@example.cn"),
        ("", ""),
    ],
)
def test_addresses_are_shown_without_what_one_needs_to_write_to_them(
    address: str, shown: str
) -> None:
    assert masked(address) == shown
