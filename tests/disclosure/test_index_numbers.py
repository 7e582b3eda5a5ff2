"""Index numbers: by the pattern of the site, from a series, never twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from agencies.models import Agency
from disclosure.models import IndexSeries
from disclosure.rules.index_numbers import Holder, fault, is_acceptable, parse, period, write
from disclosure.services.numbering import take, take_many
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

DAY = date(2018, 11, 5)
HOLDER = Holder(code="A1", uscc="11341702486344515H", division="341702")


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{organ}/{year}-{serial:05d}", "486344515/2018-04736"),
        ("{uscc}/{year}{month}-{serial:05d}", "11341702486344515H/201811-04736"),
        ("{code}-{year}-{serial}", "A1-2018-4736"),
    ],
)
def test_a_number_follows_the_pattern_and_reads_back(pattern: str, number: str) -> None:
    assert fault(pattern) == ""
    assert write(pattern, holder=HOLDER, on=DAY, serial=4736) == number
    parts = parse(pattern, number)
    assert parts is not None
    assert int(parts["serial"]) == 4736
    assert parse(pattern, "something else") is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{organ}/{year}", "serial"),
        ("{year}-{serial}", "bodies apart"),
        ("{organ}-{month}-{serial}", "{month} without {year}"),
        ("{organ}-{place}-{serial}", "unknown"),
        ("{organ}-{serial", "format string"),
        ("{organ:>20}-{serial}", "format"),
        ("{organ}-{organ}-{serial}", "twice"),
    ],
)
def test_a_pattern_that_cannot_work_says_why(pattern: str, reason: str) -> None:
    assert reason in fault(pattern)


def test_a_series_runs_for_a_year_or_for_a_month_as_the_pattern_says() -> None:
    assert period("{organ}/{year}-{serial}", DAY) == "2018"
    assert period("{organ}/{year}{month}-{serial}", DAY) == "201811"
    assert period("{organ}-{serial}", DAY) == ""


@pytest.mark.parametrize("number", ["000014349/2017-00110", "0142768-8/2022-00185", "甲-1"])
def test_numbers_of_other_sites_are_accepted(number: str) -> None:
    assert is_acceptable(number)


@pytest.mark.parametrize("number", ["../admin", "a b", "a?b", "/a", "a/", "a//..//b", "x" * 65])
def test_what_could_not_be_an_address_is_not(number: str) -> None:
    assert not is_acceptable(number)


@pytest.mark.django_db
def test_a_number_that_a_document_brought_along_is_passed_over() -> None:
    agency = AgencyFactory(code="B7")
    DocumentFactory(agency=agency, index_number="B7/2018-00002")

    assert take(agency, on=DAY, count=3) == ["B7/2018-00001", "B7/2018-00003", "B7/2018-00004"]
    assert take(agency, on=DAY) == ["B7/2018-00005"]


@pytest.mark.django_db
def test_each_body_and_year_counts_for_itself(
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    first, second = AgencyFactory(code="B1"), AgencyFactory(code="B2")
    wanted = [(first, DAY), (second, DAY), (first, date(2019, 1, 1)), (first, DAY)]

    with django_assert_max_num_queries(6):
        numbers = take_many(wanted)

    assert numbers == ["B1/2018-00001", "B2/2018-00001", "B1/2019-00001", "B1/2018-00002"]


@pytest.fixture
def committed_agency(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Agency]:
    """Seen by every connection, and taken away again: a flush would take the topics with it."""
    with django_db_blocker.unblock():
        agency = Agency.objects.create(
            code="B9", name="并发", level="city", kind="department", path="/B9/"
        )
        yield agency
        agency.delete()


def test_writers_at_the_same_time_get_different_numbers(committed_agency: Agency) -> None:
    def some() -> list[str]:
        try:
            turns = range(10)
            return [number for _ in turns for number in take(committed_agency, on=DAY, count=2)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [number for part in pool.map(lambda _worker: some(), range(4)) for number in part]

    assert len(set(taken)) == len(taken) == 80
    assert IndexSeries.objects.get(agency=committed_agency).next_serial == 81
