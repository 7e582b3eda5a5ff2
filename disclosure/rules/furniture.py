"""What a web page puts around a text and a copy of it brings along: site furniture."""

import re

_VALUE = r"[:：]\s*\S{0,40}"
_MOMENT = r"[:：]?\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
# Never part of an official text, wherever it stands.
_ANYWHERE = (
    r"(?:您?(?:现在)?的?当前|您(?:现在)?(?:所在)?的?|所在)位置[:：].*",
    r"首页\s*(?:[>＞»›/-]\s*\S{1,30}\s*)+",
    r"[\[【(（]?\s*(?:打印|关闭|收藏|复制|返回)(?:本页|窗口|此页|页面|顶部|首页|文章|链接)?\s*[\]】)）]?",
    r"分享(?:到|至)?[:：].*|分享到|一键分享",
    r"Produced\s+By\b.*",
    r"(?:大汉网络|大汉版通|拓尔思|TRS)\S*(?:\s*\S*系统)?",
    r"[\[【]?字[号体](?:大小)?[:：]?\s*[\[【（(]?\s*(?:特?大|[A-Z]\+?)\s*[|｜、/]?\s*(?:中|A)\s*[|｜、/]?\s*(?:小|A-?)\s*[\]】）)]?",
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?[:：]\s*\d*\s*次?|浏览次数\s*\d*\s*次?",
    r"(?:上一[篇条]|下一[篇条])[:：].*",
    r"(?:微信)?扫一扫.*|我要纠错|网站地图|返回顶部|用手机打开当前页",
    r"(?:技术支持|网站标识码|版权所有)[:：©].*|[A-Z]{0,2}ICP备\d+号.*",
)
# Belongs to the page when it stands alone at an end of it; in between it may be the text's own.
_AT_THE_ENDS = (
    rf"(?:信息|文章|稿件)?来源{_VALUE}",
    rf"(?:发布|更新|公开|发文|成文|生成)(?:时间|日期){_MOMENT}",
    rf"(?:作者|(?:责任)?编辑|责编|审核|录入|发布人|发布机构|发布单位){_VALUE}",
    rf"(?:索引号|文号|发文字号|主题分类|体裁分类|公开方式|公开属性|有效性){_VALUE}",
    rf"时间{_MOMENT}",
    r"\d{1,3}",
)


def _whole_line(*pieces: str) -> re.Pattern[str]:
    """Pieces and separators only. Possessive, so that no line takes long to refuse."""
    piece = "|".join(pieces)
    return re.compile(rf"(?:(?>{piece})[\s|｜,，;；\u3000]*+)++\Z", re.IGNORECASE)


_FURNITURE = _whole_line(*_ANYWHERE)
_EDGE_FURNITURE = _whole_line(*_ANYWHERE, *_AT_THE_ENDS)
_LONGEST = 200  # a longer line is text


def is_furniture(line: str, *, at_an_end: bool) -> bool:
    if not line or len(line) > _LONGEST:
        return False
    return bool((_EDGE_FURNITURE if at_an_end else _FURNITURE).match(line))
