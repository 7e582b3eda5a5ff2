"""The page that counts the last day for anybody, as its visitors see it."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from deadlines.explaining.explanation import Explanation
from deadlines.forms import QuestionForm
from deadlines.rules.table import RULES
from deadlines.selectors.answers import ask
from tests.deadlines.asking import AS_TYPED, MOCKUP, PAGE, answer, due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("twelfth_of_october")]


def steps(told: Explanation) -> list[str]:
    return [entry.step for entry in told.entries]


def test_at_first_there_is_the_form_and_where_to_begin(reader: Client) -> None:
    response = reader.get(PAGE)
    page = response.content.decode()

    assert "clock" not in response.context
    assert response.context["problems"] == []
    assert 'class="due' not in page
    assert "noindex" not in page
    examples = re.findall(r'href="(/deadline/\?[^"#]+)#result"', page)
    assert len(examples) == 3
    for example in examples:
        assert "clock" in reader.get(example.replace("&amp;", "&")).context


def test_the_answer_is_explained_line_by_line(reader: Client) -> None:
    told = answer(reader, MOCKUP)

    assert due(told) == "2026-10-30"
    assert str(told.reading.unextended_on) == "2026-10-23"
    assert steps(told) == [
        "not counted",
        "+6",
        "5 days not counted",
        "+1",
        "not counted",
        "+3",
        "+10",
        "+5",
    ]
    assert "20 September (Sun) is worked to make up for National Day" in told.entries[1].said
    assert "2026年部分节假日安排的通知" in told.entries[1].law


def test_what_the_days_were_is_in_the_calendar(reader: Client) -> None:
    page = reader.get(f"{PAGE}?{MOCKUP}").content.decode()
    cells = re.findall(r"<td[^>]*>.*?</td>", page, re.DOTALL)
    by_day = {found[1]: cell for cell in cells if (found := re.search(r'="(20[\d-]+)"', cell))}

    for day, shown in {
        "2026-09-14": 'class="start"',
        "2026-09-19": 'class="off"',
        "2026-09-20": 'class="ban"',
        "2026-09-22": 'class="pause"',
        "2026-10-01": 'class="hol"',
        "2026-10-12": 'class="today"',
        "2026-10-23": "was due",
        "2026-10-26": 'class="ext"',
        "2026-10-30": 'class="end"',
    }.items():
        assert shown in by_day[day], day


def test_without_a_notice_the_answer_is_provisional_and_says_what_is_assumed(
    reader: Client,
) -> None:
    told = answer(reader, "rule=reply&received_on=2026-12-08")

    assert (due(told), told.reading.provisional) == ("2027-01-06", True)
    assert steps(told) == ["not counted", "+17", "not counted", "provisionally +3"]
    facts = {fact.name: fact.value for fact in told.facts}
    assert facts["Certain"] == "9 to 31 December: 17 days"
    assert facts["Assumed"].startswith("1 January, New Year’s Day, off")
    assert "2027" in facts["Missing"]


def test_what_was_typed_and_the_address_to_share_have_one_answer(reader: Client) -> None:
    typed = reader.get(PAGE, AS_TYPED)
    link = typed.context["link"]

    assert link == f"http://testserver{PAGE}?{MOCKUP}"
    shared = reader.get(link)
    assert shared.context["clock"] == typed.context["clock"]
    assert shared.context["link"] == link
    assert f'value="{link.replace("&", "&amp;")}"' in typed.content.decode()


def test_the_program_interface_answers_the_same_address(reader: Client) -> None:
    for query in (MOCKUP, "rule=reply&received_on=2026-10-11&channel=online"):
        response = reader.get(f"{PAGE}?{query}")
        told = reader.get(response.context["json_url"]).json()

        reading = response.context["clock"].reading
        assert told["due_on"] == (str(reading.due_on) if reading.due_on else None)
        assert told["excluded_days"] == reading.excluded


def test_an_answer_is_not_for_search_engines(reader: Client) -> None:
    page = reader.get(f"{PAGE}?{MOCKUP}").content.decode()

    assert '<meta name="robots" content="noindex, follow">' in page
    assert '<link rel="canonical"\n          href="http://testserver/deadline/">' in page


def test_a_clock_that_waits_shows_a_table_instead_of_a_date(reader: Client) -> None:
    response = reader.get(f"{PAGE}?rule=reply&received_on=2026-10-11&channel=online")
    page = response.content.decode()

    assert "Counted once both sides confirm" in page
    assert re.findall(r'<td class="n">\s*<time datetime="([\d-]+)"', page) == [
        *("2026-11-09", "2026-11-10", "2026-11-11")
    ]
    assert "/deadline.ics" not in page


@pytest.mark.parametrize(
    ("query", "due_on"),
    [
        ("rule=reply&received_on=2026-09-14&channel=online&confirmed_on=2026-09-15", "2026-10-19"),
        ("rule=reply&received_on=2026-09-14&corrected_on=2026-09-15", "2026-10-19"),
        ("rule=reply&received_on=2026-09-14&fee_paid_on=2026-09-15", "2026-10-19"),
        ("rule=reply&received_on=2019-05-14", "2019-06-04"),
        ("rule=review&received_on=2026-08-04", "2026-10-08"),
        ("rule=suit&received_on=2026-03-31", "2026-09-30"),
        ("rule=annual_report_body&received_on=2025-12-31", "2026-01-31"),
        ("rule=concern_emergency&received_on=2026-10-11&received_at=14:05", "2026-10-12"),
        ("rule=concern_emergency&received_on=2026-10-11&received_at=9：05", "2026-10-12"),
    ],
)
def test_every_kind_of_term_has_its_answer(reader: Client, query: str, due_on: str) -> None:
    told = answer(reader, query)

    assert due(told) == due_on


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_answers(reader: Client, rule: str) -> None:
    assert answer(reader, f"rule={rule}&received_on=2026-10-09").panel.day


def test_several_opinions_are_counted(reader: Client) -> None:
    second = {"2-with": "co_maker", "2-sent_on": "2026-10-12", "2-answered_on": "2026-10-14"}
    told = answer(reader, urlencode({**AS_TYPED, **second}))

    assert told.reading.excluded == 7
    assert due(told) == "2026-11-03"


def test_a_warm_page_asks_the_database_once(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get(f"{PAGE}?{MOCKUP}")

    for query in ("", f"?{MOCKUP}", "?rule=suit&received_on=2026-03-31"):
        with django_assert_num_queries(1):
            reader.get(f"{PAGE}{query}")


def test_an_answer_is_small(reader: Client) -> None:
    response = reader.get(
        f"{PAGE}?rule=review&received_on=2026-08-04", headers={"Accept-Encoding": "gzip"}
    )

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 30_000


def test_a_template_explains_a_reading_and_names_the_terms() -> None:
    question = QuestionForm(QueryDict(MOCKUP)).question()
    assert question
    written = (
        "{% load deadlines %}{% explanation reading today=today %}"
        '{% term "reply" as days %}{% extension_of "reply" as more %}'
        "[{{ days }} {{ more }} {{ rule|rule_name }} {{ reading.term.article|cite }}]"
    )
    context = {"reading": ask(question), "today": date(2026, 10, 12), "rule": "reply"}
    with translation.override("en"):
        page = Template(written).render(Context(context))

    assert '<time datetime="2026-10-30">30 October</time>' in page
    assert "[20 20 Reply to an application Regulation, Article 33]" in page


@pytest.mark.parametrize("address", ["/", "/apply/"])
def test_the_page_is_one_step_away(reader: Client, address: str) -> None:
    page = reader.get(address).content.decode()

    assert page.count(f'href="{PAGE}"') == 2  # here and in the footer
