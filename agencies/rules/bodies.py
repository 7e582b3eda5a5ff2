"""What kinds of body there are, how they nest, and how they are numbered."""

from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Kind(StrEnum):
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    # Organs that answer to their own ministry (tax, customs): Regulation Art 3.
    VERTICAL = "vertical"


class Role(StrEnum):
    CLERK = "clerk"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    # Of the body and everything beneath it; the other roles are of the body alone.
    SUPERVISOR = "supervisor"


ORDER = tuple(Level)


def may_sit_under(level: Level, parent: Level | None) -> bool:
    """A body sits under one of its own level (a department) or of a higher level."""
    return parent is None or ORDER.index(parent) <= ORDER.index(level)


def is_credit_code(value: str) -> bool:
    """Is it an 18-character unified social credit code (GB 32100) with the right check digit?"""
    try:
        uscc.validate(value)
    except ValidationError:
        return False
    return True
