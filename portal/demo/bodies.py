"""The bodies of the demonstration province, and what its texts need to know of them."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from agencies.rules.roll import Roll, read

HERE = Path(__file__).parent
ROLL = HERE / "agencies.csv"
ROOT = "900001000"
GUIDES_UPDATED_ON = date(2026, 9, 18)


@cache
def roll() -> Roll:
    return read(ROLL.read_bytes())


@cache
def facts() -> dict[str, dict[str, str]]:
    """By code: the columns of the roll, its document mark, and the places of its area."""
    areas = {row["area"]: row for row in rows_of("areas.csv")}
    known: dict[str, dict[str, str]] = {}
    marks = {row["code"]: row for row in rows_of("marks.csv")}
    for row in roll().rows:
        mark = marks[row.cells["code"]]
        known[row.cells["code"]] = {**row.cells, **mark, **areas[mark["area"]]}
    return known


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


_SORTED = {
    "government": "规章和规范性文件、规划计划、统计信息、财政预算决算、重大建设项目、民生政策",
    "department": "机构职能、规范性文件、行政许可和处罚、财政预算决算、政府采购、业务工作",
    "vertical": "机构职能、规范性文件、征收和执法、行政许可和处罚、收费、财政预算决算",
}


def guide(code: str) -> dict[str, str]:
    """The guide of Regulation Art 12, as each body would write it for itself."""
    body = facts()[code]
    name, township = body["name"], body["level"] == "township"
    kinds = "农村政策、宅基地审批、集体资产、社会救助、筹资筹劳" if township else ""
    classes = kinds or _SORTED[body["kind"]]
    return {
        "guide_classification": (
            f"{name}的政府信息按《政府信息公开条例》第二十条分为15项，"
            f"其中数量较多的是{classes}。"
            "每条信息同时标明主题分类、体裁和有效性，可以组合查找。"
        ),
        "guide_arrangement": (
            "每条信息有索引号、名称、内容概述和生成日期。"
            "索引号由机构代码、年份和顺序号组成，顺序号按年度重新编排，不重复使用。"
            f"失效和废止的信息仍然保留在目录中，并注明{_succession(body)}。"
        ),
        "guide_access": "\n".join(_ways(body)),
    }


def _succession(body: dict[str, str]) -> str:
    return "停止执行的日期" if body["level"] == "township" else "废止日期和取代它的文件"


def _ways(body: dict[str, str]) -> Iterator[str]:
    yield "网上查询：在本站检索、浏览和下载，可以按机构订阅更新。"
    yield f"当面查阅：{body['address']}，{body['office_hours']}；也可以到本页所列的查阅场所。"
    if body["kind"] == "government" and body["level"] in ("province", "city"):
        yield f"政府公报：{body['name']}公报在档案馆、图书馆和政务服务中心免费取阅。"
    if body["level"] == "township":
        yield f"公示栏：与{body['units']}有关的事项同时在各{body['units']}公示栏公布。"
    yield (
        f"依申请公开：没有公开的，可以向{body['work_body']}当面、邮寄或者传真提出申请，"
        "自收到申请之日起20个工作日内答复。"
    )


def reading_places() -> Iterator[dict[str, str]]:
    """Columns: code, kind, name, address, hours, phone."""
    return rows_of("reading_places.csv")
