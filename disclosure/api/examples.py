"""Answers as the documentation shows them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

_HOST = "https://gongkai.mingchuan.example"
_NUMBER = "MC0000000/2026-00012"
_LINE: dict[str, Any] = {
    "index_number": _NUMBER,
    "title": "明川省人民政府办公厅关于做好2026年度防汛工作的通知",
    "document_number": "明政办发〔2026〕12号",
    "agency": {"code": "MC", "name": "明川省人民政府"},
    "topic": {"code": "080", "name": "国土资源、能源"},
    "genre": "notice",
    "column": "statutory",
    "item": 1,
    "issued_on": "2026-04-02",
    "published_at": "2026-04-08T09:00:00+08:00",
    "validity": "valid",
    "summary": "部署2026年度防汛责任、值守与信息报送。",
    "url": f"{_HOST}/api/v1/records/{_NUMBER}/",
    "html_url": f"{_HOST}/documents/{_NUMBER}/",
}
_DETAIL = {
    **_LINE,
    "keywords": "防汛",
    "source": "",
    "effective_on": "2026-04-02",
    "expires_on": None,
    "publicity": "proactive",
    "body_html": "<p>各市人民政府：</p>",
    "body_text": "各市人民政府：",
    "attachments": [
        {
            "name": "防汛责任人名单.pdf",
            "size": 48213,
            "media_type": "application/pdf",
            "sha256": "0" * 64,
            "url": f"{_HOST}/attachments/7/",
        }
    ],
    "interprets": None,
    "interpretations": [],
}
_PAGE = {
    "count": 1,
    "next": None,
    "previous": None,
    "results": [{**_LINE, "snippet": "做好2026年度<mark>防汛</mark>工作"}],
    "facets": {"genre": [{"value": "notice", "count": 1}]},
}

RECORDS = OpenApiExample("Records", value=_PAGE, response_only=True, status_codes=["200"])
RECORD = OpenApiExample("Record", value=_DETAIL, response_only=True, status_codes=["200"])
