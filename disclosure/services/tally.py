"""What an import did, and what it could not do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

KEPT = 100  # rejections kept in memory; all of them go to the sink


@dataclass(frozen=True, slots=True)
class Rejection:
    line: int
    reason: str
    row: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row that came in all the same: furniture taken out, a genre unknown."""

    line: int
    words: str


@dataclass(slots=True)
class Tally:
    """`rejected` holds the first hundred; `rejected_count` is how many there were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected_count: int = 0
    remark_count: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected_count


@dataclass(frozen=True, slots=True)
class Sinks:
    """Where rejections and remarks are written as they come, so that memory stays flat."""

    on_rejection: Callable[[Rejection], None] = lambda _rejection: None
    on_remark: Callable[[Remark], None] = lambda _remark: None


@dataclass(slots=True)
class Outcome:
    """Of one batch: kept apart until it is committed, since a batch may be tried again."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def reject(self, line: int, reason: str, row: Mapping[str, object]) -> None:
        self.rejections.append(Rejection(line, reason, row))

    def add_to(self, tally: Tally, sinks: Sinks) -> None:
        tally.created += self.created
        tally.updated += self.updated
        tally.unchanged += self.unchanged
        tally.rejected_count += len(self.rejections)
        tally.remark_count += len(self.remarks)
        tally.rejected += self.rejections[: max(0, KEPT - len(tally.rejected))]
        for rejection in sorted(self.rejections, key=lambda rejection: rejection.line):
            sinks.on_rejection(rejection)
        for remark in self.remarks:
            sinks.on_remark(remark)
