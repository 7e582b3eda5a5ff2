"""Documents that read like a province's, the same on every machine: plausible, not true."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

PROVINCE = "明川省人民政府"
_CITIES = ["临江市", "云溪市", "安岭市", "青川市", "望湖市", "南浦市", "东陵市", "石泉市"]
_DUTIES = [
    "发展和改革", "教育", "科学技术", "工业和信息化", "公安", "民政", "财政",
    "自然资源", "生态环境", "住房和城乡建设", "交通运输", "水利", "农业农村",
    "商务", "文化和旅游", "卫生健康", "应急管理", "审计", "市场监督管理", "统计",
]  # fmt: skip
_OFFICES = [f"明川省{duty}厅" for duty in _DUTIES]
_CITY_OFFICES = [f"{city}{duty}局" for city in _CITIES[:4] for duty in _DUTIES[:8]]
BODIES = [PROVINCE, *(f"{city}人民政府" for city in _CITIES), *_OFFICES, *_CITY_OFFICES][:60]

_AFFAIRS = [
    "防汛抗旱", "义务教育招生", "老旧小区改造", "农村饮水安全", "医疗保障", "安全生产",
    "大气污染防治", "营商环境优化", "政务服务", "就业创业", "养老服务", "食品安全监管",
    "森林草原防火", "公共租赁住房", "道路交通安全", "耕地保护", "知识产权保护", "数据共享",
    "传统村落保护", "高标准农田建设", "国土空间规划", "中小企业融资", "招标投标", "防灾减灾",
]  # fmt: skip
_KINDS = [("通知", "notice"), ("意见", "opinion"), ("公告", "announcement"), ("批复", "reply"),
          ("通报", "circular"), ("函", "letter")]  # fmt: skip
_TITLES = ["关于做好{year}年{affair}工作的{kind}", "关于印发{affair}实施方案的{kind}",
           "关于进一步加强{affair}的{kind}", "关于{place}{affair}有关事项的{kind}"]  # fmt: skip
_OPENING = (
    "各市人民政府，省直各单位：为深入推进{affair}，根据国家有关法律法规和省委、省政府部署，"
    "结合{place}实际，现就有关工作通知如下。"
)
_ORDINALS = [*"一二三四五六七八九十", "十一"]
_MEASURES = [
    "健全{affair}责任体系，明确主要负责人为第一责任人，层层签订责任书，于{month}月底前完成。",
    "统筹安排资金{sum}万元，重点支持{place}等{count}个县区，专款专用，不得截留挪用。",
    "建立{affair}台账，对{count}项任务逐项销号管理，每月{day}日前报送进展情况。",
    "强化部门协同，由{office}牵头，会同有关单位每季度召开一次联席会议，研究解决突出问题。",
    "加强宣传引导，通过政府网站、新闻发布会等渠道及时公开{affair}信息，回应社会关切。",
    "完善应急预案，落实二十四小时值班制度，遇有重大情况在{count}小时内报告省政府办公厅。",
    "加快{place}{affair}基础设施建设，年内新建改建{count}处，受益群众{sum}人以上。",
    "严格督查考核，将{affair}纳入年度目标管理，对进展缓慢的单位予以通报并限期整改。",
    "推进信息化应用，依托全省一体化政务平台归集{sum}条数据，实现跨部门核验和网上办理。",
    "加强队伍建设，年内举办业务培训{count}期，覆盖乡镇（街道）经办人员{sum}人次。",
    "规范行政执法，公开{affair}事项清单和办事指南，不得擅自增设条件、环节和证明材料。",
    "支持社会力量参与{affair}，对符合条件的机构按规定给予补助，标准为每处{sum}元。",
]
_CLOSING = "本文件自印发之日起施行，有效期{count}年。执行中的问题，径向{office}反映。"
_VILLAGES = "青石白沙双桥龙泉竹园枫林莲塘梅岭沙河柳溪"


def write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows(size):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows(size: int) -> Iterator[dict[str, str]]:
    for number in range(size):
        yield row(number)


def row(number: int) -> dict[str, str]:
    """The document of that number: about 600 characters, whatever the size of the whole."""
    chance = Random(f"gongkai/{number}")
    issued = date(2016, 1, 4) + timedelta(days=chance.randrange(3700))
    body = BODIES[number % len(BODIES)]
    kind, genre = chance.choice(_KINDS)
    words = {
        "affair": chance.choice(_AFFAIRS),
        "place": place(number),
        "office": chance.choice(_OFFICES),
        "kind": kind,
        "year": str(issued.year),
    }
    return {
        "agency": body,
        "title": body + chance.choice(_TITLES).format(**words),
        "document_number": document_number(number, issued.year),
        "genre": genre,
        "issued_on": issued.isoformat(),
        "published_on": (issued + timedelta(days=chance.randrange(1, 20))).isoformat(),
        "item": str(chance.randrange(1, 16)),
        "body": "\n".join(_paragraphs(chance, words)),
    }


def place(number: int) -> str:
    """A township's name: each is in about one document of two hundred."""
    first, second = divmod(number * 7919 % 200, 10)
    start = first % 10 * 2
    return f"{_VILLAGES[start : start + 2]}{'东西'[first // 10]}{'甲乙丙丁戊己庚辛壬癸'[second]}镇"


def document_number(number: int, year: int) -> str:
    return f"明政发〔{year}〕{number + 1}号"


def _paragraphs(chance: Random, words: dict[str, str]) -> Iterator[str]:
    yield _OPENING.format(**words)
    for ordinal, measure in zip(_ORDINALS, chance.sample(_MEASURES, 11), strict=True):
        yield f"{ordinal}是{measure.format(**words, **_figures(chance))}"
    yield _CLOSING.format(**words, **_figures(chance))


def _figures(chance: Random) -> dict[str, int]:
    return {
        "count": chance.randrange(3, 60),
        "sum": chance.randrange(100, 9000),
        "month": chance.randrange(1, 13),
        "day": chance.randrange(1, 29),
    }
