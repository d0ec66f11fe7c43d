"""Comparing what officers type, and making Chinese text searchable by any word and by pinyin.

Search splits Chinese into single characters and keeps runs of letters and digits whole. A word of any
length is then a phrase of neighbouring tokens; when it ends in letters or digits its last token counts as
a beginning, so ``2026`` finds ``20260305`` and ``A3`` finds ``A302``. The middle of such a run is not found:
cutting runs into single letters would find it, but ``12`` would then also find ``1 2`` and ``31.25``.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from paizhu.base.readings import syllables

# Characters that are words by themselves: ideographs, kana, hangul, and the private area, where old Chinese
# programs keep rare characters of names.
_SINGLE = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([^\W_{_SINGLE}]+)")
_TOKEN = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
_IS_SINGLE = re.compile(rf"[{_SINGLE}]")
# Whether anything but ASCII, usual ideographs and punctuation stands in a text: normalising 200 characters
# costs more than splitting them, and almost no text needs it.
_UNUSUAL = re.compile(
    r"[^\x00-\x7f\u2010-\u205e\u3000-\u3003\u3008-\u3020\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]"
)

_ALIKE = {
    '"': "“”„‟「」『』〝〞",
    "'": "‘’‚‛`´′",
    "-": "‐‑‒–—―−─﹣",
    "[": "【〔〖",
    "]": "】〕〗",
    "<": "《〈«",
    ">": "》〉»",
    ".": "。",
    ",": "、",
    "·": "•・‧∙⋅",
    "~": "〜∼",
}
_DROPPED = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_COMPARING = str.maketrans(
    {other: one for one, others in _ALIKE.items() for other in others} | dict.fromkeys(_DROPPED, "")
)
_LONG = 80
_TOGETHER = 200
"""Texts split in one go: while a pattern looks through a text, no other thread of Python gets its turn."""
_APART = "\x1e"
"""Between texts that are split together; no letter, so it stands alone afterwards as it did before."""


def _fold(text: str) -> str:
    if text.isascii():
        return "".join(text.split()).lower().replace("`", "'")
    folded_case = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", "".join(folded_case.translate(_COMPARING).split()))


_folded_short = lru_cache(maxsize=32768)(_fold)


def folded(text: str) -> str:
    """Return the form in which two writings of the same words are equal; never shown, never stored as a value.

    Width, case, every kind of space and the usual variants of quotes, dashes and brackets make no difference.
    """
    return _folded_short(text) if len(text) <= _LONG else _fold(text)


def same_name(one: str, other: str) -> bool:
    """Tell whether two writings can be the same name, as ``张  三`` and ``张三``; empty is nobody's name."""
    name = folded(one)
    return bool(name) and name == folded(other)


def spaced(text: str) -> str:
    """Return the text for the full-text index: every Chinese character apart, letters and digits in runs."""
    if _UNUSUAL.search(text):
        text = unicodedata.normalize("NFKC", text)
    parts = _RUN.split(text)
    parts[::2] = [" ".join(part) for part in parts[::2]]
    return " ".join(parts)


def spaced_all(texts: Sequence[str]) -> list[str]:
    """Return many texts for the index; taken through together they cost half of what each by itself does."""
    made: list[str] = []
    for at in range(0, len(texts), _TOGETHER):
        some = texts[at : at + _TOGETHER]
        pieces = spaced(_APART.join(some)).split(_APART)
        made += pieces if len(pieces) == len(some) else map(spaced, some)
    return made


def phrase(words: str) -> str:
    """Return the FTS5 query that finds every word typed; empty when nothing in it can be searched for.

    Words are separated by spaces and all must occur. Only characters of words come through, each word within
    quotation marks, so that no quote, bracket or operator typed can change the query.
    """
    phrases = []
    for word in unicodedata.normalize("NFKC", words).split():
        tokens = _TOKEN.findall(word)
        if tokens:
            prefix = "" if _IS_SINGLE.match(tokens[-1]) else "*"
            phrases.append(f'"{" ".join(tokens)}"{prefix}')
    return " AND ".join(phrases)


# Readings as a surname where a dictionary of words gives another; several where families differ.
_AS_SURNAME = """
    单=shan 解=xie 曾=zeng 仇=qiu 覃=qin/tan 查=zha 朴=piao 盖=ge/gai 区=ou 乐=yue/le 缪=miao 逄=pang
    召=shao/zhao 冼=xian 洗=xian 种=chong 能=nai 员=yun 贠=yun 尹=yin 任=ren 翟=zhai/di 牟=mu/mou 葛=ge
    郗=xi/chi 隗=wei/kui 谌=chen/shen 郇=xun/huan 郄=qie/xi 莘=shen/xin 宓=mi/fu 费=fei/bi 呙=guo/wo
    尉=wei/yu 阚=kan 佴=nai 祭=zhai/ji 乜=nie 卜=bu 折=she 繁=po 秘=bi/mi 句=gou 黑=he/hei 钭=tou/dou
    柏=bai/bo 薄=bo 晁=chao 重=chong 长=zhang/chang 行=xing 炅=gui/jiong 昝=zan 仉=zhang 仝=tong 亓=qi 眭=sui
    睢=sui 厍=she 妫=gui 角=jue 粘=nian 应=ying 宁=ning 燕=yan 华=hua 沈=shen 石=shi 车=che 都=du 幺=yao 么=yao
    那=na 哈=ha 过=guo 相=xiang 隽=juan 贾=jia 纪=ji 冯=feng 曲=qu 强=qiang 盛=sheng 干=gan 俞=yu 占=zhan 万=wan
    令=ling 宿=su 生=sheng 殷=yin 舍=she 眞=zhen 六=lu 不=fou 圈=juan 降=jiang 藏=zang 撒=sa 洪=hong 於=yu
    贲=ben 参=shen 大=da 系=xi 适=kuo 邸=di 亢=kang 缑=gou 禚=zhuo 咸=xian
"""
_SURNAMES = {pair[0]: tuple(pair[2:].split("/")) for pair in _AS_SURNAME.split()}
COMPOUND_SURNAMES: dict[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"),
    "令狐": ("ling", "hu"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "乐正": ("yue", "zheng"),
    "拓跋": ("tuo", "ba"),
    "夹谷": ("jia", "gu"),
    "宰父": ("zai", "fu"),
    "亓官": ("qi", "guan"),
    "呼延": ("hu", "yan"),
    "鲜于": ("xian", "yu"),
    "皇甫": ("huang", "fu"),
    "夏侯": ("xia", "hou"),
    "濮阳": ("pu", "yang"),
    "钟离": ("zhong", "li"),
    "公冶": ("gong", "ye"),
}


def load_readings() -> None:
    """Load the dictionary of readings ahead, which the first name that is stored would otherwise wait for."""
    _syllables("一")


def _syllables(text: str) -> list[str]:
    return [part for part in ("".join(_RUN.findall(s)).lower() for s in syllables(text)) if part] if text else []


def _joined(syllables: list[str]) -> tuple[str, str]:
    # A run such as a302 keeps all of itself: its first letter alone would find nothing.
    return "".join(syllables), "".join(s[0] if s.isalpha() else s for s in syllables)


@lru_cache(maxsize=16384)
def name_readings(name: str) -> tuple[tuple[str, str], ...]:
    """Return every reading of a person's name as (full, initials), the usual one first: 覃 is Qín and also Tán."""
    plain = "".join(_TOKEN.findall(unicodedata.normalize("NFKC", name)))
    compound = COMPOUND_SURNAMES.get(plain[:2])
    if compound:
        return (_joined([*compound, *_syllables(plain[2:])]),)
    given = plain[1:]
    readings = _SURNAMES.get(plain[:1])
    if readings is None:
        return (_joined(_syllables(plain)),)
    rest = _syllables(given)
    return tuple(_joined([reading, *rest]) for reading in readings)


def pinyin(name: str, *, person: bool = True) -> tuple[str, str]:
    """Return full pinyin and initials, as ``("shanxiulan", "sxl")``; for units and things say ``person=False``.

    A person's first character is read as a surname, 单 as Shàn; ü is written v, as it is typed.
    """
    if person:
        return name_readings(name)[0]
    return _joined(_syllables(unicodedata.normalize("NFKC", name)))
