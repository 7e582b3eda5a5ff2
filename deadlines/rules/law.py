"""The texts that terms come from, and places in them."""

from dataclasses import dataclass
from enum import StrEnum


class Law(StrEnum):
    """Values are the texts' official names; docs/glossary.md has the English."""

    REGULATION = "政府信息公开条例"  # State Council Decree 711, in force 2019-05-15
    REGULATION_2007 = "政府信息公开条例（2007年）"  # Decree 492, 2008-05-01 to 2019-05-14
    RECEIPT_INTERPRETATION = "国办公开办函〔2015〕207号"  # the day of receipt before 2019
    FEE_MEASURES = "政府信息公开信息处理费管理办法"  # 国办函〔2020〕109号, 2021-01-01
    CIVIL_CODE = "民法典"
    REVIEW_LAW = "行政复议法"
    LITIGATION_LAW = "行政诉讼法"
    HOLIDAY_MEASURES = "全国年节及纪念日放假办法"
    RESPONSE_NOTICE = "国办发〔2016〕61号"  # responding to public concern
    INTERPRETATION_RULE = "区委办〔2016〕115号"  # local; a site sets its own


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """`number` 0: the text as a whole."""

    law: Law
    number: int = 0


COUNTING = Article(Law.CIVIL_CODE, 201)  # the first day is not counted
MONTHS = Article(Law.CIVIL_CODE, 202)  # a month ends on its corresponding day, or its last
ROLLING = Article(
    Law.CIVIL_CODE, 203
)  # a last day that is a rest day moves to the next working day
RECEIPT = Article(Law.REGULATION, 31)
RECEIPT_BEFORE_2019 = Article(Law.RECEIPT_INTERPRETATION)
