import pytest

from disclosure.rules.places import derived_code, governments_over, kind_of, level_of


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("河北省人民政府", "province", "government"),
        ("黑龙江省人民政府办公厅", "province", "department"),
        ("内蒙古自治区人民政府", "province", "government"),
        ("上海市人民政府", "province", "government"),
        ("上海市浦东新区人民政府", "county", "government"),
        ("绍兴市人民政府", "city", "government"),
        ("绍兴市上虞区人民政府办公室", "county", "department"),
        ("石家庄市辛集市人民政府", "county", "government"),
        ("江州市交通运输局", "city", "department"),
        ("平乐县财政局", "county", "department"),
        ("平乐县青石镇人民政府", "township", "government"),
        ("省市场监督管理局", "province", "department"),
    ],
)
def test_a_name_says_how_high_a_body_stands(name: str, level: str, kind: str) -> None:
    assert (level_of(name), kind_of(name)) == (level, kind)


def test_the_derived_code_is_stable() -> None:
    assert derived_code("河北省人民政府") == derived_code("河北省人民政府")
    assert derived_code("河北省人民政府") != derived_code("河南省人民政府")


def test_an_office_comes_under_its_government() -> None:
    assert "绍兴市人民政府" in governments_over("绍兴市教育局")
