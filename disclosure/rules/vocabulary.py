"""The closed lists a document is described with (Regulation Arts 13, 20, 23; practice)."""

from enum import StrEnum


class Genre(StrEnum):
    """体裁: the fifteen kinds of official document, and the rest ([memory]: docs/law.md)."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    ORDER = "order"
    COMMUNIQUE = "communique"
    ANNOUNCEMENT = "announcement"
    PUBLIC_NOTICE = "public_notice"
    OPINION = "opinion"
    NOTICE = "notice"
    CIRCULAR = "circular"
    REPORT = "report"
    REQUEST = "request"
    REPLY = "reply"
    PROPOSAL = "proposal"
    LETTER = "letter"
    MINUTES = "minutes"
    OTHER = "other"


class Validity(StrEnum):
    """有效性. Only the label and "有效" were read in a source; the rest is [memory]."""

    VALID = "valid"
    PARTLY_INVALID = "partly_invalid"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


class Publicity(StrEnum):
    """公开属性, decided when the document is drafted (国办发〔2016〕80号)."""

    PROACTIVE = "proactive"
    ON_APPLICATION = "on_application"
    WITHHELD = "withheld"


class Column(StrEnum):
    """The platform's columns that hold documents (国办公开办函〔2019〕61号)."""

    INSTITUTIONAL = "institutional"
    STATUTORY = "statutory"
    ANNUAL_REPORT = "annual_report"


STATUTORY_ITEMS = range(1, 16)  # Regulation Art 20, items (1) to (15)
