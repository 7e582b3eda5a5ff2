"""Times, compared only with times taken in the same run, turn about."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from statistics import median
from time import perf_counter

WARM = 5


@dataclass(frozen=True, slots=True)
class Row:
    """`beside`: the median of what it is compared with; `ratio`: how many times as long it took."""

    name: str
    size: int
    median_ms: float
    p99_ms: float
    beside: Mapping[str, float] = field(default_factory=dict)
    ratio: Mapping[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def once(call: Callable[[], object]) -> float:
    """Milliseconds."""
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


def compare(
    name: str,
    size: int,
    call: Callable[[], object],
    beside: Mapping[str, Callable[[], object]] | None = None,
    *,
    times: int,
) -> Row:
    """`call` and each of `beside` by turns, so that a busy moment of the machine hits all."""
    others = beside or {}
    own: list[float] = []
    theirs: dict[str, list[float]] = {other: [] for other in others}
    for turn in range(-WARM, times):
        taken = once(call)
        found = {other: once(reference) for other, reference in others.items()}
        if turn >= 0:
            own.append(taken)
            for other, value in found.items():
                theirs[other].append(value)
    return row(name, size, own, {other: median(values) for other, values in theirs.items()})


def row(name: str, size: int, own: list[float], beside: Mapping[str, float] | None = None) -> Row:
    middle = median(own)
    return Row(
        name=name,
        size=size,
        median_ms=round(middle, 3),
        p99_ms=round(sorted(own)[min(len(own) - 1, int(len(own) * 0.99))], 3),
        beside={other: round(value, 3) for other, value in (beside or {}).items()},
        ratio={other: round(middle / value, 2) for other, value in (beside or {}).items()},
    )
