"""What may be shown of a person by default: masks for names, numbers, addresses and free text.

Source: 个人信息保护法 art. 6 and 51, GB/T 22239-2019 8.1.4 (de-identification); the forms are the
field's own (张*, 138****1234, 4201**********1234).
"""

import re

from casetracker.domain.person_numbers import (
    LANDLINE,
    MOBILE,
    BadIdNumber,
    BadNumber,
    BadPhone,
    is_date,
    normalise_id_number,
    normalise_phone,
)
from casetracker.domain.text import half_width

__all__ = [
    "BadIdNumber",
    "BadNumber",
    "BadPhone",
    "mask_address",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "mask_text",
    "normalise_id_number",
    "normalise_phone",
]

_COMPOUND_SURNAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 濮阳 "
    "公冶 太叔 申屠 公孙 慕容 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 轩辕 拓跋 呼延 东郭 西门 "
    "百里 纳兰 淳于 左丘 谷梁 羊舌 微生 亓官"
)
# Left out are pairs that begin with a common surname (王孙, 贺兰): they would bare a given name.
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())
_EXTENSION = re.compile(r"转|(?<=[0-9]{10})-")

STARS = "****"
HIDDEN = "***"

# Where an address begins to lead to a door: a number with what it numbers, or a bare number at
# the end. Road names with figures in them (107国道, 五一路) are not doors.
_NUMERAL = "0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁"
_DOOR = re.compile(
    f"(?<![{_NUMERAL}])[{_NUMERAL}]++(?:号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|组|户|门|排|#)"
    "|(?<![0-9])[0-9]++(?:[-#][0-9]|$)"
)
_NEIGHBOURHOOD = re.compile(r"社区|村|大队|大道|公路|国道|省道|路|街道|街|巷")
_TOWN = re.compile(r"镇|乡|(?<!小)区|县|市|省")

_DIGIT = "[0-9０-９]"  # full-width digits hide numbers from a plain search
_GAP = r"[ \-－\u3000]?"


def _digits(count: str) -> str:
    return f"(?:{_DIGIT}{_GAP}){{{count}}}"


_IN_TEXT = re.compile(
    f"(?<!{_DIGIT})(?:"
    f"(?P<id>{_DIGIT}{{17}}[0-9０-９XxＸｘ]|{_DIGIT}{{15}})"
    f"|(?P<mobile>(?:[+＋]?[8８][6６]{_GAP})?[1１][3-9３-９]{_GAP}{_digits('8')}{_DIGIT})"
    f"|(?P<landline>[(（]?[0０]{_DIGIT}{{2,3}}[)）]?{_GAP}{_DIGIT}{{3,4}}{_GAP}{_DIGIT}{{4}})"
    f"|(?P<card>{_digits('15,18')}{_DIGIT})"
    f")(?!{_DIGIT})"
)
_LOCAL_IN_TEXT = re.compile(
    f"((?:电话|座机|致电|联系)[^0-9０-９\n]{{0,6}})({_DIGIT}{{3,4}}{_GAP}{_DIGIT}{{4}})(?!{_DIGIT})"
)


def mask_name(name: str) -> str:
    """The surname and one star, whatever the length: 张*, 欧阳*, 阿*; nothing of a single sign."""
    name = name.strip()
    if len(name) < 2:
        return "*" * len(name)
    known = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return f"{name[:known]}*"


def mask_phone(phone: str) -> str:
    """138****1234, 027****0000; of anything else the last two digits at most."""
    number = _EXTENSION.split(half_width(phone))[0]
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if MOBILE.fullmatch(digits):
        return f"{digits[:3]}{STARS}{digits[-4:]}"
    landline = LANDLINE.match(digits)
    if landline is not None:
        area, local = (part for part in landline.groups() if part)
        return f"{area}{STARS}{local[-4:]}"
    return f"{STARS}{digits[-2:]}" if len(digits) >= 7 else STARS if phone.strip() else ""


def mask_id_number(number: str) -> str:
    """4201**********1234: the province and city, and the last four signs."""
    number = number.strip()
    if len(number) < 15:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


def mask_address(address: str) -> str:
    """The address down to road, village or community; what leads to a door becomes ***."""
    address = address.strip()
    plain = half_width(address)
    door = _DOOR.search(plain)
    public = plain[: door.start()] if door else plain
    places = list(_NEIGHBOURHOOD.finditer(public)) or list(_TOWN.finditer(public))
    kept = places[-1].end() if places else 0
    return address if kept == len(address) else address[:kept] + HIDDEN


def mask_text(text: str) -> str:
    """Free text with telephone, identity and bank card numbers masked, for index and export.

    A run of 16 to 19 digits counts as a card only with the right check digit (Luhn), one of 15 or
    18 as an identity number only with a date in it, so that ticket numbers stay readable.
    """
    return _LOCAL_IN_TEXT.sub(_mask_local, _IN_TEXT.sub(_mask_found, text))


def _mask_local(found: re.Match[str]) -> str:
    return f"{found[1]}{STARS}{half_width(found[2])[-2:]}"


def _mask_found(found: re.Match[str]) -> str:
    digits = re.sub(r"[^0-9X]", "", half_width(found[0]).upper())
    if found["mobile"] or found["landline"]:
        return mask_phone(digits)
    if found["id"] and _has_birthday(digits):
        return mask_id_number(digits)
    return f"{STARS}{digits[-4:]}" if _is_card(digits) else found[0]


def _has_birthday(digits: str) -> bool:
    return is_date(digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}")


def _is_card(digits: str) -> bool:
    """Luhn check, for 16 to 19 digits."""
    if not (digits.isdigit() and 16 <= len(digits) <= 19):
        return False
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
