"""Reading amounts as officers type them into whole 分 (cents), and showing them; nothing is rounded on the way in."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from paizhu.base.numbers import NUMERALS, chinese_number
from paizhu.base.reading import ReadingError, narrowed, quoted

# How many 分 one of each is worth.
UNITS: dict[str, int] = {
    "分": 1,
    "角": 10,
    "元": 100,
    "百元": 10_000,
    "千元": 100_000,
    "万元": 1_000_000,
    "十万元": 10_000_000,
    "百万元": 100_000_000,
    "千万元": 1_000_000_000,
    "亿元": 10_000_000_000,
}
_BIGGEST = 10**17
_EXPECTED = "请填金额，例如 486000 或 48.6万"

_SCALE = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
# Thousands are the rule; some count in groups of four, as 万 does.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:,\d{4})+(?:\.\d+)?")
_PART = re.compile(r"(\d+(?:\.\d+)?)((?:十|百|千)?万|亿|千|百|十)?")
_BARE = re.compile(rf"[\d.,]+|[{NUMERALS.translate(str.maketrans('', '', '万萬亿億'))}]+")
_MANY_PARTS = re.compile(r"(?:\d+(?:\.\d+)?(?:(?:十|百|千)?万|亿|千|百|十)?)+")
_SMALL_CHANGE = re.compile(r"(.*?[元圆])?(?:零|〇)?(?:([^元角分零]{1,3})角)?(?:零|〇)?(?:([^元角分零]{1,3})分)?")
_VAGUE = re.compile(
    r"约|近|大概|大约|左右|上下|不到|不足|超过|以上|以下|以内|余|多|≈|起$|[几数]|[<>≤≥～~]|\d[-—–至到]\d"
)
_FOREIGN = re.compile(r"\$|€|£|美元|欧元|港[币元]|日元|英镑|usd|hkd|eur", re.IGNORECASE)
# A space stands for the comma between thousands; anywhere else it may hide a point or a digit that was not typed.
_SPLIT = re.compile(r"(?<![\d.])\d+(?:\s+\d+)+")
_EVEN = re.compile(r"\d{1,3}(?:\s+\d{3})+|\d{1,4}(?:\s+\d{4})+")
_SIGNS = re.compile(r"^(?:人民币|rmb|cny)?[:：]?[¥￥]?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[（(\[【〔]([^（()）\[\]【】〔〕]*)[)）\]】〕]")
_HEADER_UNIT = re.compile(r"(?:^|单位[:：]?|[/:：,，_-])(?:人民币)?((?:十|百|千)?万|亿|百|千)?(元)(?:人民币)?$")
_LINE_UNIT = re.compile(r"单位[:：]?(?:人民币)?((?:十|百|千)?万元|亿元|百元|千元|元)(?![一-鿿/])")
_HEADER_END = re.compile(r"((?:百|千)?万|亿|千)元$")


def _amount(text: str) -> Decimal | None:
    """Return the value of one number in digits or numerals, with 万 and 亿 inside; None when it is none."""
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if set(text) <= set(NUMERALS):
        value = chinese_number(text)
        return None if value is None else Decimal(value)
    grouped = text.rstrip("十百千万亿")
    if _GROUPED.fullmatch(grouped):
        text = text.replace(",", "")
    if not _MANY_PARTS.fullmatch(text):
        return None
    total, last = Decimal(0), 10**9
    for number, scale in _PART.findall(text):
        worth = _SCALE[scale]
        # 1万2 is said for 12,000 and written by mistake for 10,002: not to be guessed.
        if worth >= last or (worth == 1 and last != 10**9 and Decimal(number) < last // 10):
            return None
        total += Decimal(number) * worth
        last = worth
    return total


def _whole(cents: Decimal, typed: object) -> int:
    if abs(cents) > _BIGGEST:
        raise ReadingError("too_large", f"金额{quoted(typed)}太大，请核对单位，{_EXPECTED}")
    if cents != cents.to_integral_value():
        nearest = plain(int(cents.to_integral_value(ROUND_HALF_UP)))
        raise ReadingError("too_fine", f"金额精确到分，{quoted(typed)}多了小数位，请改为确切金额，例如 {nearest}元")
    return int(cents)


def _refuse(typed: str, text: str) -> ReadingError:
    if _FOREIGN.search(text):
        return ReadingError("foreign", f"{quoted(typed)}不是人民币，请折合成人民币填写，例如 48.6万")
    if _VAGUE.search(text):
        return ReadingError("ambiguous", f"{quoted(typed)}不是确切金额，请填一个数，例如 5万；约数写在备注里")
    if _MANY_PARTS.fullmatch(text) or (text and set(text) <= set(NUMERALS)):
        return ReadingError("ambiguous", f"{quoted(typed)}可能有两种读法，请写完整，例如 1.2万")
    return ReadingError("invalid_money", f"{quoted(typed)}不是金额，{_EXPECTED}")


def _read_text(typed: str, unit: str) -> int:
    if any(not _EVEN.fullmatch(found) for found in _SPLIT.findall(typed)):
        raise ReadingError("ambiguous", f"{quoted(typed)}中间有空格，可能有两种读法，{_EXPECTED}")
    text = narrowed(typed)
    negative = False
    if text[:1] == "(" and text[-1:] == ")":
        negative, text = True, text[1:-1]
    text = _SIGNS.sub("", text, count=1)
    if text[:1] in ("-", "−", "负", "+"):
        negative, text = negative != (text[0] != "+"), text[1:]
        text = _SIGNS.sub("", text, count=1)
    text = text.replace("人民币", "").replace("圆", "元").rstrip("整正") if text else text
    cents: Decimal | None = None
    if text.endswith("元"):
        value = _amount(text[:-1])
        cents = None if value is None else value * 100
    elif text.endswith(("角", "分")):
        cents = _with_change(text)
    else:
        value = _amount(text) if text else None
        if value is not None:
            # 48.6万 under a header in 万元 means 48.6万元, not 万 times 万.
            own_unit = not _BARE.fullmatch(text)
            cents = value * (100 if own_unit else UNITS[unit])
    if cents is None:
        raise _refuse(typed, text)
    return _whole(-cents if negative else cents, typed)


def _with_change(text: str) -> Decimal | None:
    found = _SMALL_CHANGE.fullmatch(text)
    if not found:
        return None
    total = Decimal(0)
    for words, worth in zip(found.groups(), (100, 10, 1), strict=True):
        if words is None:
            continue
        value = _amount(words.rstrip("元"))
        if value is None or (worth < 100 and (value > 9 or value != int(value)) and total):
            return None
        total += value * worth
    return total


@lru_cache(maxsize=16384)
def _cached(text: str, unit: str) -> int | ReadingError:
    try:
        return _read_text(text, unit)
    except ReadingError as error:
        return error


def read_money(value: object, unit: str = "元") -> int:
    """Return 分; ``unit`` is what the column header says a bare number counts, a unit typed with it goes before.

    Words such as 约 and fractions of a 分 are refused: an amount is never guessed and never rounded.
    """
    if isinstance(value, str):
        read = _cached(value, unit)
        if isinstance(read, int):
            return read
        raise ReadingError(read.code, read.message)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ReadingError("invalid_money", f"{quoted(value)}不是金额，{_EXPECTED}")
    if isinstance(value, int):
        return _whole(Decimal(value * UNITS[unit]), value)
    try:
        # A stored 48.599999999999994 is what Excel shows as 48.6: fifteen digits count.
        exact = Decimal(format(value, ".15g")) if isinstance(value, float) else value
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite():
        raise ReadingError("invalid_money", f"这一格不是金额，{_EXPECTED}")
    return _whole(exact * UNITS[unit], exact)


@lru_cache(maxsize=1024)
def unit_of_header(header: str) -> str | None:
    """Return the unit a column header names, as 万元 in ``金额（万元）``; None when it names none."""
    text = narrowed(header)
    for inside in reversed(_IN_BRACKETS.findall(text)):
        words = re.sub(r"人民币|单位|[:：]", "", inside)
        words = words if words.endswith(("元", "角", "分")) else words + "元"
        if words in UNITS and inside:
            return words if inside != "分" else None
    outside = _IN_BRACKETS.sub("", text)
    found = _HEADER_UNIT.search(outside) or _HEADER_END.search(outside)
    if not found:
        return None
    return f"{found[1] or ''}元"


@lru_cache(maxsize=1024)
def unit_above(words: str) -> str | None:
    """Return the unit of money that a line over a table names, as 万元 in ``单位：万元``; None when it names none."""
    found = _LINE_UNIT.search(narrowed(words))
    return found[1] if found and found[1] in UNITS else None


def plain(cents: int) -> str:
    """Return yuan with two decimals and nothing else, as ``486000.00``: for files and sorting keys."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def show_money(cents: int) -> str:
    """Return yuan grouped by thousands, as ``486,000.00``."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100:,}.{cents % 100:02d}"


def show_wan(cents: int) -> str:
    """Return the amount in 万元 for people to read, as ``48.60 万元``; rounded to a hundred yuan."""
    return f"{(Decimal(cents) / UNITS['万元']).quantize(Decimal('0.01'), ROUND_HALF_UP):,} 万元"
