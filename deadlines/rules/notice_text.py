"""The wording of holiday notices: numbered lines, the dates in them, and what is said of those."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from deadlines.rules.doubts import Doubt, Finding
from deadlines.rules.holidays import NEW_YEAR

NAMELESS = "节假日"
LONGEST_HOLIDAY = 40  # days; a longer range is a slip of the pen
_SATURDAY = 5
_ONE = timedelta(days=1)
_COUNTS = {numeral: n for n, numeral in enumerate("零一二三四五六七八九十")}
_WEEKDAYS = {numeral: n for n, numeral in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_YEAR, _ASIDE = r"(?:19|20)\d\d", rf"\([^()]*\)|{_WEEKDAY}"
_TO = r"(?:至|到|[-—–―─~])+"
_TOKENS = re.compile(
    rf"(?P<date>(?:(?P<y>{_YEAR})年)?(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})(?:[日号]|(?={_TO}))"
    rf"(?P<aside>{_ASIDE})?"
    rf"(?:{_TO}(?:(?:(?P<y2>{_YEAR})年)?(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号]"
    rf"(?P<aside2>{_ASIDE})?)?(?P<since>起)?)"
    # 9月28日、29日上班
    rf"|(?P<also>(?<=[、,和及])(?P<d3>\d{{1,2}})[日号](?P<aside3>{_ASIDE})?)"
    r"|(?P<explained>公休日?调休?[至到]|(?:为|是)?法定节?假日|(?:为|是)公休日|照常公休|不放假|不调休)"
    r"|(?P<off>放假调休|调休放假|放假公休|放假|补休|调休|休息|休假)"
    r"|(?P<worked>上班|补班|正常工作|照常工作)"
    r"|(?P<count>(?:共计?|(?<=放假))(?P<n>\d{1,2}|[一二三四五六七八九十])天)"
    r"|(?P<within>其中)|(?P<stop>[。;!])|(?P<comma>,)"
)
_MARK = r"(?:\(?[一二三四五六七八九十]{1,3}\)?[、.]|\(?\d{1,2}(?:[、)]|\.(?!\d)))"
_NAME = r"(?:(?!如下|通知|安排|放假|调休)[^\d:。,;]){2,20}"
_HEAD = re.compile(
    rf"(?:{_MARK})?(?:(?P<name>{_NAME}):|(?P<bare>[^\d:。,;]{{0,12}}(?:节|元旦|除夕))(?=\d))"
)
_STARTS = re.compile(rf"{_MARK}|{_NAME}:")
# 国务院办公厅 2025年11月4日, beneath the text.
_SIGNED = rf"\(?(?:[一-鿿]*[厅府会局部委])?{_YEAR}年\d{{1,2}}月\d{{1,2}}日(?:印发)?\)?\Z"
_SIGNATURE = re.compile(_SIGNED)
_NEXT_ITEM = re.compile(rf"(?<=[。;])(?=(?:{_MARK})?{_NAME}:|{_SIGNED})")
_DATES_LEFT = re.compile(
    r"\d{1,2}月\d|\d{4}[-/.]\d{1,2}[-/.]\d|[一二三四五六七八九十]月[一二三四五六七八九十]{1,3}[日号]"
)
# 10月1日前, and words that have nothing to do with the day before them.
_UNRELATED = re.compile(r"[前后起止内]|.{9}")


def plain(text: str) -> str:
    """Full-width signs made half-width, radicals that a PDF has in place of characters mended."""
    return unicodedata.normalize("NFKC", text)


def items(text: str) -> list[str]:
    """The notice line by line; what was broken within a sentence is put together again."""
    found: list[str] = []
    for line in plain(text).splitlines():
        for part in _NEXT_ITEM.split(re.sub(r"\s", "", line)):
            if found and part and not _STARTS.match(part) and not found[-1].endswith(("。", ";")):
                found[-1] += part
            elif part:
                found.append(part)
    return found


def is_signature(item: str) -> bool:
    return _SIGNATURE.match(item) is not None


@dataclass(slots=True)
class Item:
    """What a line says. `off` and `made_up` hold each day in the order it is named."""

    text: str
    year: int
    name: str = NAMELESS
    off: list[date] = field(default_factory=list)
    made_up: list[date] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _waiting: list[date] = field(default_factory=list)  # days nothing was said of yet
    _start: date | None = None  # of the last range, for 、29日
    _latest: int = 0  # how many days the latest 放假 was said of
    _explained: bool = False
    _within: bool = False
    _unread: bool = False

    def read(self) -> "Item":
        body = self._head()
        self._unread = bool(_DATES_LEFT.search(_TOKENS.sub("", body)))
        after = 0
        for token in _TOKENS.finditer(body):
            self._take(token, body[after : token.start()])
            after = token.end()
        self._sentence_ends()
        if self._unread:
            self.findings.append(Finding(Doubt.UNREAD, {"line": self.text[:100]}))
        return self

    def _head(self) -> str:
        head = _HEAD.match(self.text)
        if not head:
            return self.text
        self.name = (head["name"] or head["bare"]).replace("(", "（").replace(")", "）")
        return self.text[head.end() :]

    def _take(self, token: re.Match[str], between: str) -> None:
        match token.lastgroup:
            case "date" | "also":
                self._mentioned(token, between)
            case "off" | "worked" as verb:
                self._said(verb, between)
            case "explained":
                self._waiting.clear()
                self._explained = True
            case "count":
                self._count(token["n"])
            case "within":
                self._within = True
            case "stop":
                self._sentence_ends()
            case _:
                self._explained = False

    def _sentence_ends(self) -> None:
        self._unread |= bool(self._waiting)
        self._waiting.clear()
        self._explained = self._within = False

    def _mentioned(self, token: re.Match[str], between: str) -> None:
        if token["since"]:
            # 自2025年1月1日起 tells since when a law holds; any other 起 is not understood.
            self._unread |= bool(self._waiting) or not between.endswith(("自", "从"))
            self._waiting.clear()
            self._explained = True
            return
        try:
            days = self._days(token)
        except ValueError:
            self.findings.append(Finding(Doubt.NO_SUCH_DAY, {"text": token[0]}))
            return
        if not self._explained:
            self._waiting += days

    def _said(self, verb: str, between: str) -> None:
        if self._waiting and _UNRELATED.search(between):
            self._unread = True
        elif verb == "worked":
            self.made_up += self._waiting
        else:
            # 其中 repeats days of the range before it.
            known = set(self.off) if self._within else set()
            self.off += [day for day in self._waiting if day not in known]
            self._latest = len(set(self._waiting)) or self._latest
        self._waiting.clear()

    def _count(self, numeral: str) -> None:
        if self._waiting and not self.off:
            return  # the sentence is named as not understood
        said = _COUNTS.get(numeral) or int(numeral)
        read = len(set(self.off))
        with_weekends = read
        if re.search(r"连休|公休|补休", self.text):
            with_weekends = len(set(_with_weekends(self.off)))
        if said not in (read, with_weekends, self._latest):
            values = {"name": self.name, "said": said, "read": read}
            self.findings.append(Finding(Doubt.COUNT, values))

    def _days(self, token: re.Match[str]) -> list[date]:
        """Raises ValueError for a day the calendar does not have."""
        if token["also"]:
            if self._start is None:
                raise ValueError
            first = last = _next(self._start, int(token["d3"]))
            asides = [(first, token["aside3"])]
        else:
            first, last = self._range(token)
            asides = [(first, token["aside"]), (last, token["aside2"])]
        self._start = first
        for day, aside in asides:
            self._compare(day, aside)
        if (last - first).days >= LONGEST_HOLIDAY:
            raise ValueError
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _range(self, token: re.Match[str]) -> tuple[date, date]:
        month, day = int(token["m"]), int(token["d"])
        if token["y2"]:
            last = date(int(token["y2"]), int(token["m2"]), int(token["d2"]))
            first = date(int(token["y"] or last.year), month, day)
            return (first if first <= last else first.replace(year=last.year - 1)), last
        # 12月31日 under 元旦 is the year's before.
        before = month >= 11 and NEW_YEAR in self.name
        first = date(int(token["y"] or self.year - before), month, day)
        if not token["d2"]:
            return first, first
        if not token["m2"]:
            return first, _next(first, int(token["d2"]))
        last = date(first.year, int(token["m2"]), int(token["d2"]))
        return first, (last if last >= first else last.replace(year=first.year + 1))

    def _compare(self, day: date, aside: str | None) -> None:
        said = re.search(_WEEKDAY, aside or "")
        if said and _WEEKDAYS[said[0][-1]] != day.weekday():
            self.findings.append(Finding(Doubt.WEEKDAY, {"day": day, "said": said[0]}))


def _next(start: date, day: int) -> date:
    """The next day with that number, `start` itself not excluded. Raises ValueError."""
    if day >= start.day:
        return start.replace(day=day)
    month = start.replace(day=28) + timedelta(days=4)
    return month.replace(day=day)


def _with_weekends(days: list[date]) -> Iterator[date]:
    """The days, and weekend days next to them or between them."""
    for first in days:
        yield first
        for step in (_ONE, -_ONE):
            day = first + step
            while day.weekday() >= _SATURDAY:
                yield day
                day += step
