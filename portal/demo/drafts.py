"""Drafts on the desk of one department: one late, some due soon, some with time to spare."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.models import Agency
from deadlines.rules.dates import day_of
from deadlines.selectors.calendars import work_calendar
from disclosure.models import Document
from disclosure.rules.vocabulary import Genre
from disclosure.services.publishing import draft

BODY = "900001347"


@dataclass(frozen=True)
class Draft:
    title: str
    genre: Genre
    working_days_ago: int  # that it was issued
    text: str


DRAFTS = (
    Draft(
        "关于2026年第三季度房屋市政工程质量安全检查情况的通报",
        Genre.CIRCULAR,
        22,
        "第三季度共检查在建项目86个，下发整改通知书41份，已全部整改完毕。现将有关情况通报如下。",
    ),
    Draft(
        "关于调整城镇老旧小区改造项目计划的通知",
        Genre.NOTICE,
        20,
        "根据各市上报情况，对年度改造项目计划作部分调整，调整后的项目清单附后。",
    ),
    Draft(
        "关于公布物业服务企业信用评价结果的公告",
        Genre.ANNOUNCEMENT,
        18,
        "经企业申报、主管部门评价和公示，现公布本年度物业服务企业信用评价结果。",
    ),
    Draft(
        "关于印发住宅专项维修资金应急使用指引的通知",
        Genre.NOTICE,
        15,
        "为规范住宅专项维修资金的应急使用，制定本指引，现予印发。",
    ),
    Draft(
        "关于做好冬季城镇供热保障工作的通知",
        Genre.NOTICE,
        4,
        "各市供热主管部门要提前开展设施检修，落实燃料储备，公布服务电话。",
    ),
)


def write(*, at: datetime, by: str) -> int:
    """How many were new."""
    body = Agency.objects.get(code=BODY)
    known = set(Document.objects.drafts().filter(agency=body).values_list("title", flat=True))
    new = [each for each in DRAFTS if each.title not in known]
    for each in new:
        draft(
            agency=body,
            at=at,
            by=by,
            title=each.title,
            genre=each.genre,
            issued_on=_working_days_before(day_of(at), each.working_days_ago),
            body_html=f"<p>{each.text}</p>",
        )
    return len(new)


def _working_days_before(on: date, count: int) -> date:
    calendar = work_calendar()
    day = on
    while calendar.working_days_between(day, on) < count:
        day -= timedelta(days=1)
    return day
