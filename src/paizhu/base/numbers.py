"""Reading counts, Chinese numerals, yes and no, empty words, and several names in one cell."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from paizhu.base.reading import ReadingError, narrowed, quoted

_DIGITS = {char: value for value, chars in enumerate(
    ("零〇○", "一壹弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
NUMERALS = "".join((*_DIGITS, *_SMALL, *_LARGE, "廿卅"))
_POSITIONAL = re.compile(f"[{''.join(_DIGITS)}]+")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COUNTED = re.compile(r"(?<=.)(?:人次|件次|[人名位件次份个项票起条册天场期])$")

# Readers of yes/no fields ask `read_yes_no` first: 无 there is an answer, elsewhere it is an empty cell.
_LONGEST = 40
"""Letters of the longest number anybody says."""
_BIGGEST = 10**15
_EMPTY = frozenset((
    "", "无", "-", "--", "---", "—", "——", "———", "–", "－", "―", "/", "//", "／", "\\", "空", "暂无", "没有", "_", "*",
    "n/a", "na", "null", "none", "nil",
))  # fmt: skip
_YES = frozenset((
    "是", "有", "√", "✓", "✔", "☑", "■", "对", "y", "yes", "true",
    "t", "1", "已", "已办", "已完成", "属实", "真", "ok", "需", "需要", "同意", "正确",
    "完成", "办结", "已办结", "已落实",
))  # fmt: skip
_NO = frozenset((
    "否", "无", "×", "✗", "✘", "x", "☐", "□", "不", "不是", "没有",
    "没", "n", "no", "false", "f", "0", "未", "未办", "未完成", "不需要", "错", "假",
    "没完成", "未办结", "未落实",
))  # fmt: skip

_OPENING = "（(【[〔《<“「『{"
_CLOSING = "）)】]〕》>”」』}"
_BETWEEN = re.compile(r"[、；;，,/／\r\n]+")
_PIECES = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]|[、；;，,/／\r\n]+")


def _section(text: str) -> int | None:
    """Return the value below ten thousand, or None when the order of the digits is not that of a number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    total, digit, last_unit, zero = 0, None, 10_000, False
    for char in text:
        if char in _DIGITS:
            if digit is not None:
                return None
            value = _DIGITS[char]
            if value:
                digit = value
            else:
                zero = True
        else:
            unit = _SMALL[char]
            if unit >= last_unit or (digit is None and (total or unit != 10)):
                return None
            total += (digit or 1) * unit
            digit, last_unit, zero = None, unit, False
    if digit is None:
        return total
    # 三千五 may be 3,500 or 3,005: only 十 and a spoken zero leave no doubt.
    return None if last_unit in (100, 1000) and not zero else total + digit


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> int | None:
    """Return the value of Chinese numerals in office or capital form, 二〇二六 too; None when in doubt, as 一万二."""
    if not text or len(text) > _LONGEST or not set(text) <= set(NUMERALS):
        return None
    if len(text) > 1 and _POSITIONAL.fullmatch(text):
        return int("".join(str(_DIGITS[char]) for char in text)) if "两" not in text else None
    total, start, last, spoken_zero = 0, 0, 10**16, True
    for at, char in enumerate(text):
        if char not in _LARGE:
            continue
        unit = _LARGE[char]
        part = _section(text[start:at]) if at > start else None
        start = at + 1
        if unit < last and part:
            total += part * unit
            last = unit
        elif unit > last and not part and total:
            # 三万亿 is thirty thousand times a hundred million.
            total *= unit
            last = unit
        else:
            return None
    rest = text[start:]
    if not rest:
        return total
    value = _section(rest)
    if value is None:
        return None
    if start:
        spoken_zero = rest[0] in "零〇○" or any(char in _SMALL for char in rest)
    return total + value if spoken_zero else None


def is_empty(value: object) -> bool:
    """Tell whether a cell says nothing: blank, or one of 无 — - / 空 暂无; zero says something."""
    if value is None:
        return True
    if not isinstance(value, str):
        return isinstance(value, float) and value != value  # noqa: PLR0124  # the empty cell of some readers is NaN
    return value.strip().lower() in _EMPTY


@lru_cache(maxsize=4096)
def _decimal_text(text: str) -> Decimal | None:
    plain = narrowed(text)
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    value = chinese_number(plain[1:] if plain.startswith("负") else plain)
    if value is None:
        return None
    return Decimal(-value if plain.startswith("负") else value)


def read_decimal(value: object) -> Decimal:
    """Return the exact number typed; a stored binary fraction counts with the fifteen digits Excel shows."""
    if isinstance(value, str):
        read = _decimal_text(value)
        if read is not None:
            return read
        raise ReadingError("invalid_number", f"{quoted(value)}不是数，请填数字，例如 12 或 3.5")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ReadingError("invalid_number", f"{quoted(value)}不是数，请填数字，例如 12 或 3.5")
    try:
        read = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite():
        raise ReadingError("invalid_number", "这一格不是数，请填数字，例如 12")
    return read


def read_int(value: object) -> int:
    """Return a whole number, as 7 and 7人; a fraction is refused, never rounded."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _BIGGEST:
        return value
    try:
        read = read_decimal(_COUNTED.sub("", narrowed(value)) if isinstance(value, str) else value)
    except ReadingError as error:
        raise ReadingError("invalid_number", f"{quoted(value)}不是整数，请填数字，例如 12") from error
    if read != read.to_integral_value():
        raise ReadingError("not_whole", f"{quoted(value)}带小数，这里要填整数，例如 12")
    if abs(read) >= _BIGGEST:
        raise ReadingError("too_large", f"{quoted(value)}太大了，请核对，例如 12")
    return int(read)


def read_yes_no(value: object) -> bool:
    """Return the answer in one of its usual words, marks or digits; anything else is asked back."""
    if isinstance(value, bool):
        return value
    word = narrowed(str(int(value) if isinstance(value, float) and value.is_integer() else value)).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ReadingError("invalid_yes_no", f"{quoted(value)}分不清是还是否，请填“是”或“否”")


def says_no(value: object) -> bool:
    """Tell whether words for nothing, such as 无, are an answer where yes or no is asked."""
    return isinstance(value, str) and narrowed(value).lower() in _NO


def split_list(text: str) -> list[str]:
    """Return the pieces between 、；，,/ and line breaks; brackets keep what they hold together."""
    if not _BETWEEN.search(text):
        return [text.strip()] if text.strip() else []
    pieces, start, depth = [], 0, 0
    for mark in _PIECES.finditer(text):
        sign = mark[0][0]
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            pieces.append(text[start : mark.start()])
            start = mark.end()
    # A bracket that is never closed must not swallow the names after it.
    pieces = _BETWEEN.split(text) if depth else [*pieces, text[start:]]
    return [piece.strip() for piece in pieces if piece.strip()]


_POST = (
    r"(?:党委书记|党组书记|纪委书记|支部书记|总支书记|书记|组长|局长|厅长|司长|处长|科长|股长|所长|院长|校长|园长|站长|队长|"
    r"部长|镇长|乡长|县长|区长|市长|村长|行长|会长|董事长|秘书长|总经理|经理|总监|主任|主席|委员|巡视员|调研员|科员|"
    r"办事员|干事|会计|出纳|总工程师|工程师|负责人|职员|主管|馆长|台长|社长|总师|总会计师)"
)
_RANK = r"(?:原|时任|现任|兼)?(?:党[委组]成员、?)?(?:常务)?[副正]?"
_HAN = r"[\u4e00-\u9fff]"
_BRACKETED = re.compile(r"([^（(]+?)\s*[（(]([^（）()]+)[）)]")
_POST_FIRST = re.compile(rf"(.*{_POST})\s*[:：]?\s*({_HAN}{{2,3}})")
_NAME_FIRST = re.compile(rf"({_HAN}{{2,3}}?)({_RANK}{_POST})")
_APART = re.compile(r"[\s:：，,]+")
_HAS_POST = re.compile(rf"{_POST}$|[级员]$")


def _by_spaces(words: list[str]) -> tuple[str, str] | None:
    if _HAS_POST.search(words[0]) and not _HAS_POST.search(words[-1]):
        return words[-1], " ".join(words[:-1])
    # 张  三 科长: a name of two characters is often spread.
    name = "".join(words[:-1])
    return (name, words[-1]) if _HAS_POST.search(words[-1]) and len(name) <= 4 else None


def split_post(text: str) -> tuple[str, str]:
    """Return (name, post) of ``李某（副科长）``, ``副局长 张某`` and the like; the post is empty when in doubt."""
    text = text.strip()
    if found := _BRACKETED.fullmatch(text):
        return found[1].strip(), found[2].strip()
    words = _APART.split(text)
    if len(words) > 1:
        return _by_spaces(words) or (text, "")
    if found := _NAME_FIRST.fullmatch(text):
        return found[1], found[2]
    found = _POST_FIRST.fullmatch(text)
    return (found[2], found[1]) if found else (text, "")
