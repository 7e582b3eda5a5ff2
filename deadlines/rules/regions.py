"""Division codes without the zeros at their end: 15 is a region, 1501 a city in it."""

_LENGTHS = (2, 4, 6, 9, 12)
NATIONAL = ""


def shortened(division_code: str) -> str:
    """150100 → 1501; what is no division code is of no region of its own."""
    code = division_code.strip()
    if not code.isascii() or not code.isdigit():
        return NATIONAL
    return next((code[:n] for n in _LENGTHS if not code[n:].strip("0")), NATIONAL)


def above(region: str) -> list[str]:
    """The country, and each division around `region` down to itself."""
    return [NATIONAL, *(region[:n] for n in _LENGTHS if n <= len(region))]
