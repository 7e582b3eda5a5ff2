"""The Chinese words sources use for our closed lists, and for the fields themselves."""

from collections.abc import Mapping

from disclosure.rules.vocabulary import Column, Genre, Publicity, Validity

GENRES: Mapping[str, Genre] = {
    "决议": Genre.RESOLUTION,
    "决定": Genre.DECISION,
    "命令": Genre.ORDER,
    "令": Genre.ORDER,
    "命令(令)": Genre.ORDER,
    "命令（令）": Genre.ORDER,
    "公报": Genre.COMMUNIQUE,
    "公告": Genre.ANNOUNCEMENT,
    "通告": Genre.PUBLIC_NOTICE,
    "意见": Genre.OPINION,
    "通知": Genre.NOTICE,
    "通报": Genre.CIRCULAR,
    "报告": Genre.REPORT,
    "请示": Genre.REQUEST,
    "批复": Genre.REPLY,
    "议案": Genre.PROPOSAL,
    "函": Genre.LETTER,
    "纪要": Genre.MINUTES,
    "会议纪要": Genre.MINUTES,
    "其他": Genre.OTHER,
}
VALIDITIES: Mapping[str, Validity] = {
    "有效": Validity.VALID,
    "现行有效": Validity.VALID,
    "部分失效": Validity.PARTLY_INVALID,
    "已修改": Validity.AMENDED,
    "修改": Validity.AMENDED,
    "废止": Validity.REPEALED,
    "已废止": Validity.REPEALED,
    "失效": Validity.EXPIRED,
    "已失效": Validity.EXPIRED,
}
PUBLICITIES: Mapping[str, Publicity] = {
    "主动公开": Publicity.PROACTIVE,
    "依申请公开": Publicity.ON_APPLICATION,
    "不予公开": Publicity.WITHHELD,
}
COLUMNS: Mapping[str, Column] = {
    "政府信息公开制度": Column.INSTITUTIONAL,
    "法定主动公开内容": Column.STATUTORY,
    "政府信息公开年报": Column.ANNUAL_REPORT,
}

# Field names of catalogues (domain facts 5.1) and ours.
FIELDS: Mapping[str, str] = {
    "索引号": "index_number",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "内容概述": "summary",
    "文号": "document_number",
    "发文字号": "document_number",
    "发布机构": "agency",
    "发文机关": "agency",
    "成文日期": "issued_on",
    "生成日期": "issued_on",
    "发布日期": "published_on",
    "公开日期": "published_on",
    "主题分类": "topic",
    "体裁": "genre",
    "体裁分类": "genre",
    "栏目": "column",
    "法定公开事项": "item",
    "关键词": "keywords",
    "主题词": "keywords",
    "信息来源": "source",
    "有效性": "validity",
    "时效": "validity",
    "施行日期": "effective_on",
    "生效日期": "effective_on",
    "失效日期": "expires_on",
    "有效期至": "expires_on",
    "公开方式": "publicity",
    "公开属性": "publicity",
    "不公开理由": "publicity_reason",
    "正文": "body",
    "网页正文": "html",
    "文件": "file",
    "附件": "attachments",
    "解读文件": "interprets",
}
KNOWN = frozenset(FIELDS.values())


def field_name(header: str) -> str:
    """Our name of a column; a header we do not know stays as it is."""
    plain = header.strip().lstrip("\ufeff")
    ours = plain.lower()
    return ours if ours in KNOWN else FIELDS.get(plain, plain)
