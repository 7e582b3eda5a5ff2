"""GET and POST /api/v1/deadlines/: the clock, for anybody."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from deadlines.api import views
from deadlines.rules.table import RULES
from tests.deadlines.test_answer import CONTRACT

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/deadlines/"
QUESTION = {"rule": "reply", "received_on": "2025-09-13"}
FLAT = {
    "rule": "reply",
    "channel": "online",
    "received_on": "2025-09-13",
    "confirmed_on": "2025-09-15",
    "corrected_on": "",
    "extended_days": "0",
}
SENT = "2025-09-22,2025-10-13"


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def post(client: Client, question: object) -> Any:
    return client.post(ADDRESS, question, content_type="application/json")


def get(client: Client, **parameters: Any) -> Any:
    return client.get(ADDRESS, parameters)


def told(response: Any) -> Any:
    assert response.status_code == 200, response.content
    return response.json()


def faults(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem: Mapping[str, Any] = response.json()
    return [(error["parameter"], error["detail"]) for error in problem["errors"]]


def named(response: Any) -> list[str]:
    return [parameter for parameter, _detail in faults(response)]


def test_the_contracts_example(client: Client) -> None:
    answer = told(post(client, CONTRACT))
    assert answer["due_on"] == "2025-11-03"
    assert answer["starts_on"] == "2025-09-15"
    assert answer["excluded_days"] == 11
    assert answer["working_days"] == 20
    first = {"date": "2025-09-16", "counted": True, "n": 1, "reason": "working day"}
    assert answer["days"][0] == first


def test_an_address_asks_the_same(client: Client) -> None:
    asked = told(post(client, CONTRACT))
    for consultation in (SENT, f"third_party,{SENT}"):
        assert told(get(client, **FLAT, consultation=consultation)) == asked


def test_an_address_may_name_several_consultations(client: Client) -> None:
    letters = [f"third_party,{SENT}", "co_maker,2025-10-20,2025-10-21", "2025-10-22,"]
    answer = told(get(client, **FLAT, consultation=letters))
    reasons = {day["reason"] for day in answer["days"]}
    assert "consultation with the third party" in reasons
    assert "consultation with a co-maker" in reasons
    assert answer["excluded_days"] == 11 + 1 + 15


def test_an_address_may_lose_its_plus(client: Client) -> None:
    response = client.get(f"{ADDRESS}?rule=concern_other&received_at=2025-09-13T10:00:00+00:00")
    assert told(response)["due_at"] == "2025-09-15T18:00:00+08:00"


def test_without_parameters_it_explains_itself(client: Client) -> None:
    table = told(client.get(ADDRESS))
    assert [line["rule"] for line in table["rules"]] == list(RULES)
    assert table["calendar"]["published_years"][-1] == 2026
    assert len(table["channels"]) == 5
    assert [party["code"] for party in table["with"]] == ["third_party", "co_maker", "other_body"]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_answers(client: Client, rule: str) -> None:
    answer = told(get(client, rule=rule, received_on="2025-12-31", as_of="2026-01-05"))
    assert answer["due_on"]
    assert answer["overdue"] is (answer["due_on"] < "2026-01-05")


def test_with_and_without_the_last_slash(client: Client) -> None:
    assert told(client.get(ADDRESS.rstrip("/"), QUESTION)) == told(get(client, **QUESTION))
    assert told(client.post(ADDRESS.rstrip("/"), QUESTION, content_type="application/json"))


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ({"extended_days": 21}, "extended_days"),
        ({"rule": "correction", "extended_days": 1}, "extended_days"),
        ({"extended_days": 5, "extended_on": "2025-10-17"}, "extended_on"),
        ({"confirmed_on": "2025-09-12"}, "confirmed_on"),
        ({"corrected_on": "2025-09-12"}, "corrected_on"),
        ({"received_at": "2025-09-14T08:00"}, "received_at"),
        ({"region": "beijing"}, "region"),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(
    client: Client, more: dict[str, Any], parameter: str
) -> None:
    assert named(post(client, {**QUESTION, **more})) == [parameter]
    assert named(get(client, **{**QUESTION, **more})) == [parameter]


def test_all_faults_are_told_at_once(client: Client) -> None:
    response = get(
        client,
        rule="nope",
        colour="red",
        extended_days="many",
        consultation=["third_party", f"aunt,{SENT}", f"{SENT},2025-09-23,more"],
    )
    assert faults(response) == [
        ("colour", "There is no such field."),
        ("rule", "It is none of the choices. (nope)"),
        ("received_on", "It is missing."),
        ("extended_days", "It is not a number of days. (many)"),
        ("consultation", "It is missing. (sent_on)"),
        ("consultation", "It is none of the choices. (aunt)"),
        ("consultation", "There is no such field. (more)"),
    ]


def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    twice = ["2025-09-13", "2025-09-14"]
    assert named(get(client, rule="reply", received_on=twice)) == ["received_on"]
    assert named(get(client, **QUESTION, channel=["fax", "online"])) == ["channel"]


def test_a_question_belongs_in_the_body_of_a_post(client: Client) -> None:
    response = client.post(f"{ADDRESS}?rule=reply", QUESTION, content_type="application/json")
    assert named(response) == ["rule"]


def test_answers_speak_the_readers_language() -> None:
    chinese = Client()
    assert "第三十三条" in told(get(chinese, **QUESTION))["article"]
    english = Client(headers={"accept-language": "en"})
    assert told(get(english, **QUESTION))["rule_name"] == "Reply to an application"
    response = get(english, **QUESTION)
    assert response["Content-Language"] == "en"
    assert "Accept-Language" in response["Vary"]


def test_a_list_is_answered_in_order(client: Client) -> None:
    answers = told(post(client, [CONTRACT, {"rule": "reply"}, 5, QUESTION]))
    assert [answer.get("due_on") for answer in answers] == ["2025-11-03", None, None, "2025-10-16"]
    missing = {"parameter": "received_on", "detail": "It is missing."}
    assert answers[1] == {"error": {"errors": [missing]}}
    assert answers[2]["error"]["errors"][0]["detail"] == "It is not an object."
    assert told(post(client, [])) == []


def test_a_list_has_an_end(client: Client) -> None:
    assert len(told(post(client, [QUESTION] * 1000))) == 1000
    assert faults(post(client, [QUESTION] * 1001)) == [("", "A list has at most 1000 questions.")]


def test_a_list_that_counts_decades_is_broken_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_DAYS", 60)
    answers = told(post(client, [QUESTION] * 4))
    assert ["due_on" in answer for answer in answers] == [True, True, False, False]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("{", "It is not JSON."),
        ('{"a": NaN}', "It is not JSON."),
        (b"\xff\xfe", "It is not JSON."),
        ("[" * 100_000, "It is not JSON."),
        ("9" * 10_000, "It is not JSON."),
        ('"reply"', "It is not an object."),
        ("null", "It is not an object."),
    ],
)
def test_a_body_that_asks_nothing(client: Client, body: str | bytes, detail: str) -> None:
    assert faults(post(client, body)) == [("", detail)]


def test_an_empty_body_misses_everything(client: Client) -> None:
    assert named(post(client, "")) == ["rule", "received_on"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_read(client: Client, kind: str) -> None:
    response = client.post(ADDRESS, "rule=reply", content_type=kind)
    assert response.status_code == 415
    assert response["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_a_problem(client: Client) -> None:
    response = post(client, '{"rule": "' + "x" * 3_000_000 + '"}')
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["\x00", "x" * 5000, "\u202e", "½"])
@pytest.mark.parametrize("name", ["rule", "received_on", "channel", "region", "as_of", "other"])
def test_no_text_does_harm(client: Client, name: str, text: str) -> None:
    asked = {**QUESTION, name: text}
    assert named(post(client, asked)) == [name]
    assert named(get(client, **asked)) == [name]


@pytest.mark.parametrize("value", ["\ud800", "x" * 1_000_000, 1e308, 10**4000, {"a": []}, [[[]]]])
@pytest.mark.parametrize("name", ["rule", "received_on", "received_at", "channel", "extended_days"])
def test_no_value_does_harm(client: Client, name: str, value: object) -> None:
    assert named(post(client, {**QUESTION, name: value})) == [name]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_beyond_the_calendar_is_none(client: Client, moment: str) -> None:
    assert named(post(client, {"rule": "concern_other", "received_at": moment})) == ["received_at"]


@pytest.mark.parametrize("party", [["third_party"], {"code": 1}, True, 5])
def test_a_party_is_a_word(client: Client, party: object) -> None:
    letter = {"with": party, "sent_on": "2025-09-22"}
    assert named(post(client, {**QUESTION, "consultations": [letter]})) == ["consultations"]


@pytest.mark.parametrize("region", ["1", "１５", "²", "1" * 13, 15])
def test_a_region_is_a_division_code(client: Client, region: object) -> None:
    assert named(post(client, {**QUESTION, "region": region})) == ["region"]


def test_a_name_that_nobody_knows_is_quoted_in_part(client: Client) -> None:
    [(parameter, _detail)] = faults(post(client, {**QUESTION, "\ud800" * 5000: 1}))
    assert parameter == "�" * 100


def test_a_hundred_letters_over_a_lifetime_are_answered(client: Client) -> None:
    letter = {"sent_on": "1990-01-02", "answered_on": "2090-12-31"}
    question = {"rule": "reply", "received_on": "1990-01-01", "consultations": [letter] * 100}
    assert told(post(client, question))["due_on"] > "2090-12-31"
    question["consultations"] = [letter] * 101
    assert named(post(client, question)) == ["consultations"]


def test_answers_to_an_address_may_be_kept_and_others_not(client: Client) -> None:
    kept = get(client, **QUESTION)
    assert kept["Cache-Control"] == "public, max-age=60"
    assert kept["ETag"]
    assert post(client, CONTRACT)["Cache-Control"] == "no-store"


def test_any_site_may_ask(client: Client) -> None:
    for response in (get(client, **QUESTION), post(client, CONTRACT)):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response
    before = client.options(ADDRESS, headers={"origin": "https://elsewhere.example"})
    assert "POST" in before["Access-Control-Allow-Methods"]
    assert "Content-Type" in before["Access-Control-Allow-Headers"]
    assert (
        Client(enforce_csrf_checks=True)
        .post(ADDRESS, CONTRACT, content_type="application/json")
        .status_code
        == 200
    )


def test_asking_costs_hardly_a_query(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    told(client.get(ADDRESS))
    told(post(client, CONTRACT))
    with django_assert_max_num_queries(2):
        told(post(client, [CONTRACT] * 50))
    with django_assert_max_num_queries(2):
        told(get(client, **QUESTION))
    with django_assert_max_num_queries(2):
        told(client.get(ADDRESS))
