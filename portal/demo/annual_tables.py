"""The figures of annual reports: they add up, and a year begins where the last one ended.

Identities of the form: T3-A, T3-B, T3-C, T4, X-1 and X-2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.demo.bodies import rows_of
from portal.demo.chance import between

_COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_SHARES = (81, 10, 1, 1, 5, 2)  # of a hundred applications
_DISPUTES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class Tables:
    applications: list[list[int]]  # 25 rows of seven columns
    disputes: dict[str, list[int]]  # five cells each
    made: int
    repealed: int
    in_force: int
    rules: tuple[int, int, int]
    licences: int
    penalties: int
    compulsion: int
    fees: Decimal
    published: int
    trainings: int
    polled: int

    def words(self) -> dict[str, object]:
        """What the report says in its text, from the same cells as its tables."""
        *_rows, concluded, carried_out = self.applications
        direct, review = "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉"
        return {
            "published": self.published,
            "made": self.made,
            "repealed": self.repealed,
            "trainings": self.trainings,
            "polled": self.polled,
            "received": self.applications[0][-1],
            "carried_in": self.applications[1][-1],
            "concluded": concluded[-1],
            "carried_out": carried_out[-1],
            "reviews": self.disputes["行政复议"][-1],
            "suits": self.disputes[direct][-1] + self.disputes[review][-1],
            "table_2": "\n".join(self._table_2()),
            "table_3": "\n".join(self._table_3()),
            "table_4": "\n".join(self._table_4()),
        }

    def _table_2(self) -> Iterator[str]:
        yield "表：第二十条第（一）项"
        yield "|信息内容|本年制发件数|本年废止件数|现行有效件数|"
        yield _line("规章", *self.rules)
        yield _line("行政规范性文件", self.made, self.repealed, self.in_force)
        yield "表：第二十条第（五）项、第（六）项、第（八）项"
        yield "|信息内容|本年处理决定数量或者收费金额|"
        yield _line("行政许可（件）", self.licences)
        yield _line("行政处罚（件）", self.penalties)
        yield _line("行政强制（件）", self.compulsion)
        yield _line("行政事业性收费（万元）", self.fees)

    def _table_3(self) -> Iterator[str]:
        yield "表：单位：件。第一项加第二项之和，等于第三项加第四项之和"
        yield _line("项目", *_COLUMNS)
        labels = [row["label"] for row in rows_of("annual_rows.csv")]
        for label, cells in zip(labels, self.applications, strict=True):
            yield _line(label, *cells)

    def _table_4(self) -> Iterator[str]:
        yield "表：单位：件"
        yield _line("类别", *_DISPUTES)
        for kind, cells in self.disputes.items():
            yield _line(kind, *cells)


def tables(code: str, *, usual: int, years: Sequence[int]) -> Iterator[Tables]:
    carried = [usual * share // 1600 for share in _SHARES]
    in_force = _draw(code, years[0], "in force", 90, 260)
    rules = _draw(code, years[0], "rules", 60, 90) if code.endswith("1000") else 0
    for year in years:
        figures = {name: _draw(code, year, name, *span) for name, span in _SPANS.items()}
        made, repealed = figures["made"], figures["repealed"]
        made_rules, dropped_rules = (2, year % 2) if rules else (0, 0)
        in_force += made - repealed
        rules += made_rules - dropped_rules
        applications = _applications(code, year, usual, carried)
        carried = applications[-1][:-1]
        yield Tables(
            applications=applications,
            disputes=_disputes(code, year, usual),
            made=made,
            repealed=repealed,
            in_force=in_force,
            rules=(made_rules, dropped_rules, rules),
            licences=figures["licences"] * usual // 100,
            penalties=figures["penalties"] * usual // 100,
            compulsion=figures["compulsion"],
            fees=between(Decimal("12.00"), Decimal("986.00"), key=f"{code}/fees", year=year),
            published=figures["published"] * usual // 100,
            trainings=figures["trainings"],
            polled=figures["polled"],
        )


_SPANS = {
    "made": (9, 24),
    "repealed": (2, 12),
    "licences": (120, 980),
    "penalties": (40, 260),
    "compulsion": (0, 18),
    "published": (900, 2600),
    "trainings": (2, 6),
    "polled": (320, 1460),
}


def _applications(code: str, year: int, usual: int, carried: Sequence[int]) -> list[list[int]]:
    weights = [int(row["weight"]) for row in rows_of("annual_rows.csv")][2:-2]
    received = _draw(code, year, "received", usual * 8 // 10, usual * 12 // 10)
    columns = []
    for share, inherited in zip(_SHARES, carried, strict=True):
        new = received * share // 100
        left = (new + inherited) // 17
        leaves = _spread(new + inherited - left, weights)
        columns.append([new, inherited, *leaves, sum(leaves), left])
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [[*row, sum(row)] for row in rows]


def _spread(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in these proportions that add up to the total."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    rest = [total * weight % whole for weight in weights]
    for place in sorted(range(len(weights)), key=lambda place: -rest[place])[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _disputes(code: str, year: int, usual: int) -> dict[str, list[int]]:
    kinds = {"行政复议": 24, "行政诉讼：未经复议直接起诉": 60, "行政诉讼：复议后起诉": 90}
    found = {}
    for kind, rarity in kinds.items():
        total = _draw(code, year, kind, usual // (rarity * 2), usual // rarity + 2)
        found[kind] = [*_spread(total, (60, 10, 20, 10)), total]
    return found


def _draw(code: str, year: int, name: str, low: int, high: int) -> int:
    return int(between(Decimal(low), Decimal(high), key=f"annual/{code}/{name}", year=year))


def _line(*cells: object) -> str:
    return "|" + "|".join(map(str, cells)) + "|"
