"""What a text loses on its way in, what it keeps, and how it is laid out."""

import io
import time

import docx
import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from disclosure.extraction import bodies
from disclosure.extraction.bodies import Body
from disclosure.extraction.limits import ExtractionError
from disclosure.rules.cleaning import Finding
from disclosure.rules.furniture import is_furniture
from disclosure.rules.layout import outline
from disclosure.rules.text import UndecodableError, decode

TITLE = "关于全面推进政务公开工作的通知"
NUMBER = "区委办〔2016〕115号"
PAGE = f"""当前位置:首页>信息公开法规

{TITLE}

区委办［２０１６］１１５号

各乡镇、街道,区直各部门和单位:
为提升透明化水平,根据国办发[2016]19号要求,经区政府同意,现就有关事项通知如下。
一、总体要求
坚持公开为常态。资金来源:区财政。
(一)围绕“五公开”推进政务阳光运行
1.推进决策公开。健全行政决策机制。

上虞区委办公室
上虞区人民政府办公室
         2016年11月15日

分享到:
0
【打印本页】【关闭本页】
Produced By 大汉网络 大汉版通发布系统"""


def from_text(text: str, *, title: str = TITLE, number: str = NUMBER) -> Body:
    return bodies.from_text(text, title=title, document_number=number)


def from_file(name: str, content: bytes) -> Body:
    return bodies.from_file(name, content, title=TITLE, document_number=NUMBER)


def test_a_copied_page_loses_its_furniture_and_says_so() -> None:
    body = from_text(PAGE)

    for gone in ("当前位置", "分享到", "打印本页", "大汉", TITLE):
        assert gone not in body.text
        assert gone not in body.html
        assert gone not in body.summary
    assert body.original == PAGE
    assert [(note.finding, note.line) for note in body.notes] == [
        (Finding.NUMBERS, 0),
        (Finding.FURNITURE, 1),
        (Finding.REPEATED, 3),
        (Finding.REPEATED, 5),
        (Finding.FURNITURE, 18),
        (Finding.FURNITURE, 19),
        (Finding.FURNITURE, 20),
        (Finding.FURNITURE, 21),
    ]


def test_the_summary_begins_after_the_salutation() -> None:
    assert from_text(PAGE).summary.startswith("为提升透明化水平,根据国办发〔2016〕19号要求")


def test_a_long_first_sentence_is_cut_after_a_clause() -> None:
    body = from_text("，".join(["坚持以公开为常态"] * 40) + "。")

    assert len(body.summary) <= 120
    assert body.summary.endswith("坚持以公开为常态…")


def test_salutation_headings_and_signature_get_their_place() -> None:
    html = from_text(PAGE).html.split("\n")

    assert html[0] == '<p class="to">各乡镇、街道,区直各部门和单位:</p>'
    assert '<h3 id="s1">一、总体要求</h3>' in html
    assert "<h4>(一)围绕“五公开”推进政务阳光运行</h4>" in html
    assert "<p>坚持公开为常态。资金来源:区财政。</p>" in html
    assert html[-1] == (
        '<p class="sign">上虞区委办公室<br>上虞区人民政府办公室<br>2016年11月15日</p>'
    )
    assert outline(from_text(PAGE).html) == [("s1", "一、总体要求", 3)]


def test_what_a_notice_passes_on_begins_under_its_own_title() -> None:
    html = from_text(
        "各县：\n现印发给你们。\n省办公厅\n2020年1月2日\n加装电梯工作指引\n第一条 为了。"
    ).html

    assert '<h2 id="s1">加装电梯工作指引</h2>' in html


def test_spam_before_the_title_goes_but_a_covering_letter_stays() -> None:
    spam = from_text(f"优惠办证加微信\n点击领取\n{TITLE}\n正文在此。")
    letter = from_text(f"各县：\n现将文件印发给你们。\n2020年1月2日\n{TITLE}\n正文在此。")

    assert spam.text == "正文在此。"
    assert {note.finding for note in spam.notes} == {Finding.BEFORE_TITLE, Finding.REPEATED}
    assert "现将文件印发给你们。" in letter.text
    assert letter.notes == []


def test_a_title_broken_over_two_lines_is_still_the_title() -> None:
    assert from_text("关于全面推进\n政务公开工作的通知\n正文在此。").text == "正文在此。"


@pytest.mark.parametrize(
    "line",
    [
        "您现在的位置：首页 > 政务公开 > 通知",
        "发布日期：2016-11-15 10:20  来源：区府办  浏览次数：123  字号：[大 中 小]",
        "【字体：大 中 小】 打印 关闭窗口",
        "上一篇：关于放假的通知",
        "来源：区政府办公室",
    ],
)
def test_page_furniture_is_known(line: str) -> None:
    assert is_furniture(line, at_an_end=True)


@pytest.mark.parametrize(
    "line",
    [
        "资金来源：省级财政",
        "来源：财政拨款。由财政部门按年度核定。",
        "打印机采购公告",
        "一、来源",
        "关闭小煤矿。",
    ],
)
def test_text_that_resembles_furniture_is_kept(line: str) -> None:
    assert not is_furniture(line, at_an_end=False)


def test_no_line_takes_long_to_tell() -> None:
    started = time.perf_counter()
    for line in ("来源：" * 60 + "。", "首页>" * 60, "发布时间：2016-01-01 " * 14 + "!"):
        is_furniture(line, at_an_end=True)
    assert time.perf_counter() - started < 0.5


def test_invisible_characters_go_and_are_counted() -> None:
    body = from_text("\ufeff公\u200b开\x07为常态。\r\n不公开\u00a0为例外。")

    assert body.text == "公开为常态。\n不公开 为例外。"
    assert (body.notes[0].finding, body.notes[0].excerpt) == (Finding.INVISIBLE, "3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_chinese_sites(encoding: str) -> None:
    assert decode("政务公开〔2016〕㐀".encode(encoding))[0] == "政务公开〔2016〕㐀"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UndecodableError):
        decode(b"\xff\xff\xff\x00")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">',
        '<a href="javascript:alert(1)">看</a>',
        '<a href="java\nscript:alert(1)">看</a>',
        '<a href="data:text/html,<script>alert(1)</script>">看</a>',
        '<a href="//evil.example/">看</a>',
        "<svg onload=alert(1)><circle/></svg>",
        "<style>body{display:none}</style>",
        '<img src=x onerror="alert(1)">',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<p style="position:fixed">',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<p class="masthead">',
        '<td colspan="99999999">',
    ],
)
def test_malicious_html_is_neutralised(attack: str) -> None:
    body = bodies.from_html(f"<p>正文。</p><div>{attack}</div>", title="题", document_number="")

    for harm in ("script", "onclick", "onerror", "onload", "style", "svg", "img", "iframe"):
        assert f"{harm}" not in body.html.replace("javascript", "script").lower()
    for harm in ("data:", "evil.example", "masthead", "99999999"):
        assert harm not in body.html
    assert "正文。" in body.text


def test_a_web_page_gives_its_article_with_tables_and_links() -> None:
    page = f"""<html><head><title>x</title></head><body><nav>首页</nav><div id="zoom">
      <h1>{TITLE}</h1><p>　　各部门：</p>
      <p>见<a href="/a/1.html">附表</a>和<b>说明</b>。<br>另见下表。</p>
      <table border=1 style="x"><tr><td colspan="2">合计</td></tr>
      <tr><td>甲</td><td>1</td></tr></table>
      散落的文字。<p>打印本页</p></div><footer>版权所有</footer></body></html>"""

    body = bodies.from_html(page, title=TITLE, document_number="")

    assert body.html.startswith('<p class="to">各部门：</p>')
    assert '<a href="/a/1.html" rel="noopener noreferrer">附表</a>' in body.html
    assert "<strong>说明</strong>" in body.html
    assert '<table class="table">' in body.html
    assert '<td colspan="2">合计</td>' in body.html
    assert body.text.endswith("合计\n甲 1\n散落的文字。")


def test_a_page_nested_without_end_is_read() -> None:
    html = "<div>" * 20_000 + "<p>深处。</p>"

    assert "深处" in bodies.from_html(html, title="题", document_number="").text


TABLE = (
    '<table class="table"><tbody><tr><td colspan="2">合计</td></tr>'
    "<tr><td>甲&lt;</td><td>1</td></tr></tbody></table>"
)


def word_file() -> bytes:
    word = docx.Document()
    word.add_paragraph("各部门：")
    word.add_heading("一、目标", level=1)
    table = word.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(1, 0).text, table.cell(1, 1).text = "甲<", "1"
    word.add_paragraph("省办公厅")
    word.add_paragraph("2020年1月2日")
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_a_word_file_keeps_its_order_headings_and_tables() -> None:
    body = from_file("a.docx", word_file())

    assert body.html.split("\n") == [
        '<p class="to">各部门：</p>',
        '<h3 id="s1">一、目标</h3>',
        TABLE,
        '<p class="sign">省办公厅<br>2020年1月2日</p>',
    ]


def pdf_file(*lines: str) -> bytes:
    registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont("STSong-Light", 12)
    for place, line in enumerate(lines):
        canvas.drawString(72, 780 - 20 * place, line)
    canvas.save()
    return target.getvalue()


def test_lines_of_a_pdf_become_paragraphs_again() -> None:
    wide = "为进一步深化政府信息公开工作切实保障公众知情权参与权监督权"
    content = pdf_file("各部门：", wide, wide, "现通知如下。", "一、目标", "坚持公开。", "- 1 -")

    text = from_file("a.pdf", content).text.split("\n")

    assert text == ["各部门：", wide + wide + "现通知如下。", "一、目标", "坚持公开。"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04 this is no archive"),
        ("a.docx", word_file()[:2000]),
        ("a.pdf", b"%PDF-1.7 this is no document"),
        ("a.txt", b"\xff\x00\xff\x00\xff"),
        ("a.exe", b"MZ"),
    ],
)
def test_a_broken_file_is_refused_with_a_reason(name: str, content: bytes) -> None:
    with pytest.raises(ExtractionError) as refusal:
        from_file(name, content)
    assert str(refusal.value)
