"""Annual disclosure reports in the form of 国办公开办函〔2021〕30号, with sums that hold."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from portal.demo.annual_tables import Tables, tables
from portal.demo.bodies import facts
from portal.demo.chance import day_within, in_words
from portal.demo.record import Record
from portal.demo.texts import as_html

YEARS = range(2021, 2026)
# Applications a body gets in a year. Governments report by 31 March, departments by 31 January
# (Regulation Art 49).
BODIES = {
    "900001000": 1240,
    "900001318": 452,
    "900001347": 286,
    "900100000": 618,
    "900110000": 174,
}
_SPANS = {"department": "01-10..01-28", "government": "03-02..03-24"}
# What was wrong, and what was done about it.
_LESSONS = (
    ("个别答复书引用条款不具体", "统一答复书文本，逐件审核引用的条、款、项"),
    ("政策解读以文字为主、办事群众不易看明白", "对涉及面广的文件配发问答和实例"),
    ("检索不充分导致“信息不存在”的答复被纠正", "规定检索的范围、方法和记录要求"),
    ("附件中出现未遮盖的联系电话", "在公开前增加附件个人信息检查"),
    ("历史文件没有全部标注有效性", "分三批补齐标注并公布进度"),
    ("征求第三方意见的函件表述不统一", "编制征求意见函样式并组织培训"),
)


def records() -> Iterator[Record]:
    for place, code in enumerate(BODIES):
        for year, report in zip(YEARS, _reports(code), strict=True):
            yield _record(code, year, report, lesson=place + year)


@cache
def _reports(code: str) -> tuple[Tables, ...]:
    return tuple(tables(code, usual=BODIES[code], years=YEARS))


def _record(code: str, year: int, report: Tables, *, lesson: int) -> Record:
    body = facts()[code]
    issued = day_within(_SPANS[body["kind"]], year=year + 1, key=f"annual/{code}/{year}")
    problem, measure = _LESSONS[lesson % len(_LESSONS)]
    earlier, done = _LESSONS[(lesson - 1) % len(_LESSONS)]
    words = {
        **body,
        **report.words(),
        "year": year,
        "issued": in_words(issued),
        "problem": problem,
        "measure": measure,
        "earlier": earlier,
        "done": done,
    }
    text = (Path(__file__).parent / "annual_report.txt").read_text(encoding="utf-8")
    row = {
        "title": f"{body['name']}{year}年政府信息公开工作年度报告",
        "agency": code,
        "topic": "综合政务\\政务公开",
        "genre": "报告",
        "column": "政府信息公开年报",
        "keywords": "政府信息公开 年度报告",
        "html": as_html(text.strip().format_map(words)),
    }
    return Record(row, issued)
