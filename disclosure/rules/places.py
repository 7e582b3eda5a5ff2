"""What the name of a body says about it, when nothing else is known."""

import hashlib
import re

_TOWNSHIP = re.compile(r"(?:[^市县区]{1,8}(?:乡|镇)|街道)(?:人民政府|办事处|党政办|$)")
_COUNTY = re.compile(r"(?:县|自治旗|旗)|(?<!地)(?<!自治)(?<!社)区(?!域)|市(?!场).{1,10}市(?!场)")
_CITY = re.compile(r"市(?!场)|自治州|州人民政府|地区|盟")
_PROVINCE = re.compile(r"省|自治区|^(?:北京|上海|天津|重庆)市(?!.*区)")


def derived_code(name: str) -> str:
    """The same name gives the same code everywhere, so that imports can be repeated."""
    return "X" + hashlib.sha256(name.encode()).hexdigest()[:8].upper()


def level_of(name: str) -> str:
    """The lowest place the name mentions; a body that mentions none counts as provincial."""
    place = name.partition("人民政府")[0] + "人民政府" if "人民政府" in name else name
    if _TOWNSHIP.search(place):
        return "township"
    if _PROVINCE.match(place) and place[0] in "北上天重":
        return "province"
    if _COUNTY.search(place):
        return "county"
    return "city" if _CITY.search(place) else "province"


def kind_of(name: str) -> str:
    return "government" if name.endswith("人民政府") else "department"


def governments_over(name: str) -> list[str]:
    """Names the government over this body may have, judging by how its own begins."""
    shortest = 2
    prefixes = [name[:end] for end in range(shortest, len(name))]
    return [f"{prefix}人民政府" for prefix in prefixes if prefix[-1] in "省市县区州旗盟乡镇"]
