"""Telling records from what else stands in a table: totals, signatures, notes, headings of groups."""

import re

from paizhu.base.text import folded
from paizhu.documents.books.book import SheetRow
from paizhu.documents.tables.frame import Column
from paizhu.documents.tables.header_find import Merges
from paizhu.documents.tables.label_words import is_ordinal

BELOW = "落款"
NUMBER_ONLY = "只有序号，没有内容"
_TOTAL = re.compile(r"^(本[页月季年]|总)?(合计|小计|总计|共计|累计)($|[:(\d]|金额|[人件项]?数)")
_TOTAL_LENGTH = 10
_FOOTER = re.compile(
    r"^[\[(]?(填表人?|填报人|填表单位|制表人?|审核人?|复核人?|审批人|单位负责人|分管领导|主要负责人|负责人|经办人|联系人|"
    r"联系电话|填表日期|填报日期|填报时间|报出日期|报送日期|制表日期|单位[\[(]?盖章[\])]?|[\[(]?公?盖?章[\])]?|签字|签章)"
    r"([\[(][^\])]*[\])])?(:|：|$)"
    # Who signs is named in many ways; without the colon the same words may head a row of names.
    r"|^.{0,8}(组长|书记|处长|主任|领导|负责人|负责同志|签发人?|报送人|记录人?|审批|审签|签字|签名|签章|盖章)[:：]"
)
_NOTE = re.compile(r"^(注|备注|说明|填表说明|填写说明|附注)(\d|:|：)")
_NOTHING = re.compile(r"^(本[年月季]度?|全年)?(无|没有|暂无)(.{0,6}(情况|事项|谈话|内容|记录))?[。.]?$")
FEW = 3
"""Filled cells below which a row is looked at more closely."""
_ENDS = re.compile(r"^[\[(]?(本页|此页|本表)?(以下(空白|无正文|无内容)|无正文)[\])]?$")


class Judge:
    """Says of each row under one header whether it is a record."""

    def __init__(self, merges: Merges, columns: tuple[Column, ...]) -> None:
        self._merges = merges
        self._width = len(columns)
        self._ordinals = frozenset(column.index for column in columns if column.path and is_ordinal(column.path[-1]))

    def harmless(self, words: str) -> bool:
        """Tell whether a row of three cells or more that begins with these words, or has them second, is a record."""
        key = folded(words)
        return not (_TOTAL.match(key) or _FOOTER.match(key))

    def reason(self, row: SheetRow) -> str:
        """Return why a row is no record, empty for a record."""
        cells = row.cells
        many = len(cells) - cells.count(None)
        first = 0
        while cells[first] is None:
            first += 1
        second = first + 1
        while second < len(cells) and cells[second] is None:
            second += 1
        for index in (first, second):
            cell = cells[index] if index < len(cells) else None
            if isinstance(cell, str) and len(cell) <= _TOTAL_LENGTH * 2:
                words = folded(cell)
                if len(words) <= _TOTAL_LENGTH and _TOTAL.match(words):
                    return "合计行"
        if many < FEW and any(isinstance(each, str) and _ENDS.match(folded(each)) for each in cells):
            return "以下空白"
        cell = cells[first]
        if isinstance(cell, str):
            words = folded(cell)
            if _FOOTER.match(words) and (":" in words or many < FEW):
                return BELOW
            if many == 1 and _NOTE.match(words):
                return "表下的说明"
            if many == 1 and _NOTHING.match(words):
                return "写明没有内容"
        if many > 1:
            return ""
        area = self._merges.over(row.number, first, row.number)
        if area is not None and (area.right - area.left + 1) * 2 > self._width:
            return "分组标题"
        return NUMBER_ONLY if first in self._ordinals else ""
