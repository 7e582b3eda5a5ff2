"""What is typed into the page that counts the last day, right or wrong."""

import re

import pytest
from django.test import Client

from deadlines.rules.table import RULES
from deadlines.views import GROUPS
from tests.deadlines.asking import AS_TYPED, PAGE, answer, due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("twelfth_of_october")]


def problems(reader: Client, **fields: str) -> dict[str, str]:
    response = reader.get(PAGE, {"rule": "reply", **fields})
    assert response.status_code == 200
    assert "clock" not in response.context
    found = {field.id_for_label: said for field, said in response.context["problems"]}
    page = response.content.decode()
    for anchor in found:
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    return found


def test_every_rule_can_be_chosen_once(reader: Client) -> None:
    page = reader.get(PAGE).content.decode()

    offered = re.findall(r'<option value="(\w+)"\s+data-knows="[\w ]*"\s+data-trigger', page)
    assert sorted(offered) == sorted(RULES)
    assert sum(len(names) for _label, names in GROUPS) == len(RULES)


def test_fields_of_another_rule_are_not_read(reader: Client) -> None:
    told = answer(reader, "rule=review&received_on=2026-08-04&extended_days=x&1-sent_on=never")

    assert due(told) == "2026-10-08"


def test_another_opinion_has_room_and_nothing_typed_is_lost(reader: Client) -> None:
    response = reader.get(PAGE, {**AS_TYPED, "confirmed_on": "odd", "add": "1"})
    page = response.content.decode()

    assert "clock" not in response.context
    assert response.context["problems"] == []
    for value in ("2026年9月14日", "2026/9/21", "20260929", "odd"):
        assert f'value="{value}"' in page
    assert 'name="2-sent_on"' in page
    assert page.count("autofocus") == 1


@pytest.mark.parametrize(
    ("fields", "anchor"),
    [
        ({"received_on": ""}, "id_received_on"),
        ({"received_on": "2026-02-30"}, "id_received_on"),
        ({"received_on": "soon"}, "id_received_on"),
        ({"rule": "nothing", "received_on": "2026-09-14"}, "id_rule"),
        ({"received_on": "1900-01-01"}, "id_received_on"),
        ({"received_on": "2026-09-14", "channel": "pigeon"}, "id_channel"),
        ({"received_on": "2026-09-14", "extended_days": "many"}, "id_extended_days"),
        ({"received_on": "2026-09-14", "extended_days": "21"}, "id_extended_days"),
        ({"received_on": "2026-09-14", "extended_days": "-1"}, "id_extended_days"),
        (
            {"received_on": "2026-09-14", "extended_days": "5", "extended_on": "2026-12-01"},
            "id_extended_on",
        ),
        ({"received_on": "2026-09-14", "corrected_on": "2026-09-01"}, "id_corrected_on"),
        ({"received_on": "2026-09-14", "1-sent_on": "x"}, "id_1-sent_on"),
        ({"received_on": "2026-09-14", "1-answered_on": "2026-09-20"}, "id_1-sent_on"),
        ({"received_on": "2026-09-14", "1-sent_on": "2026-09-01"}, "id_1-sent_on"),
        ({"received_on": "2026-09-14", "1-sent_on": "2099-01-01"}, "id_1-sent_on"),
        (
            {"received_on": "2026-09-14", "1-sent_on": "2026-09-20", "1-with": "me"},
            "id_1-with",
        ),
        (
            {
                "received_on": "2026-09-14",
                "1-sent_on": "2026-09-15",
                "1-answered_on": "2026-09-16",
                "2-sent_on": "2026-09-20",
                "2-answered_on": "2026-09-18",
            },
            "id_2-answered_on",
        ),
        (
            {"rule": "concern_other", "received_on": "2026-09-14", "received_at": "noon"},
            "id_received_at",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    reader: Client, fields: dict[str, str], anchor: str
) -> None:
    assert list(problems(reader, **fields)) == [anchor]


def test_days_in_a_complaint_are_written_as_people_write_them(reader: Client) -> None:
    found = problems(reader, received_on="2026-09-14", extended_days="5", extended_on="2026-12-01")

    assert "16 October 2026" in found["id_extended_on"]


def test_all_that_is_wrong_is_said_at_once(reader: Client) -> None:
    found = problems(reader, received_on="x", extended_days="y", **{"1-sent_on": "z"})

    assert list(found) == ["id_received_on", "id_extended_days", "id_1-sent_on"]


@pytest.mark.parametrize(
    "nasty", ["\x00", "<script>alert(1)</script>", '" onfocus="x', "9" * 5000, "٣", "\ud7ff", "%"]
)
def test_hostile_input_is_shown_and_nothing_more(reader: Client, nasty: str) -> None:
    names = (
        "received_on",
        "extended_days",
        "channel",
        "rule",
        "1-sent_on",
        "1-with",
        "confirmed_on",
    )
    for fields in (
        dict.fromkeys(names, nasty),
        {"received_on": "2026-09-14", "consultation": nasty},
    ):
        response = reader.get(PAGE, {"rule": "reply", **fields})
        page = response.content.decode()

        assert response.status_code == 200
        assert "<script>alert" not in page
        assert '" onfocus="x' not in page


def test_hundreds_of_opinions_are_refused_and_do_not_make_a_long_page(reader: Client) -> None:
    query = "&".join(f"{n}-sent_on=2026-09-15" for n in range(500))
    response = reader.get(f"{PAGE}?rule=reply&received_on=2026-09-14&{query}")

    assert [field.id_for_label for field, _said in response.context["problems"]]
    assert len(response.context["form"].letters) <= 101
