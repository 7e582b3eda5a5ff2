"""Which duties a change would move, before anybody makes it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from deadlines.models import Duty
from deadlines.selectors.previews import Change, Moves, moves_under
from deadlines.selectors.revisions import replaced_by_notice
from deadlines.services.duties import meet
from deadlines.services.recomputing import recompute
from tests.deadlines.entering import days, enter_closure, enter_notice
from tests.factories.agencies import AgencyFactory
from tests.factories.duties import CLERK, at, owed

pytestmark = pytest.mark.django_db


def closing(text: str, region: str = "") -> Moves:
    return moves_under(Change(region, days=tuple(days(text, 2026))))


def test_it_foretells_what_recomputing_then_does(body: Agency) -> None:
    for day in ("2026-12-01", "2026-12-08", "2026-12-25"):
        owed(body, on=day)
    text = "元旦：1月1日至3日放假。1月12日放假。"
    change = Change(days=tuple(days(text)), settles=2027, gone=tuple(replaced_by_notice(2027)))
    foretold = {move.duty.pk: move.after for move in moves_under(change).first}

    before = {duty.pk: duty.due_on for duty in Duty.objects.all()}
    enter_notice(text)
    recompute(at=at("2026-12-28"))

    now = {duty.pk: duty.due_on for duty in Duty.objects.all()}
    assert foretold == {pk: due for pk, due in now.items() if due != before[pk]}
    assert foretold


def test_what_is_met_or_lies_elsewhere_in_the_year_stays(body: Agency) -> None:
    meet(owed(body), evidence="已答复", by=CLERK)
    owed(body, on="2026-06-01")
    moving = owed(body)

    assert [(m.duty.pk, m.after) for m in closing("3月18日放假").first] == [
        (moving.pk, date(2026, 3, 31))
    ]


def test_a_weekend_day_off_moves_nothing_and_reads_no_duty(body: Agency) -> None:
    owed(body)

    with CaptureQueriesContext(connection) as queries:
        assert closing("3月21日放假") == Moves(0, ())

    assert not [q for q in queries if "deadlines_duty" in q["sql"]]


def test_a_region_that_says_otherwise_is_not_moved() -> None:
    owed(AgencyFactory(division_code="150100"))
    enter_closure("3月18日上班", region="15")

    assert closing("3月18日放假").count == 0


def test_it_asks_the_database_as_often_for_many_as_for_few(body: Agency) -> None:
    counts = []
    closing("3月23日放假")  # from here on this process knows the calendar
    for more in (1, 20):
        for _ in range(more):
            owed(body, rule="interpretation")
        with CaptureQueriesContext(connection) as queries:
            # 20 calendar days from 2 March end on Sunday 22 March, so on Monday 23.
            assert closing("3月23日放假").count == Duty.objects.count()
        counts.append(len(queries))

    assert counts[0] == counts[1]
