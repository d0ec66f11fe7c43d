"""What the officer should know of a table as a whole before it goes in: what was hidden, what was assumed."""

from collections.abc import Sequence

from paizhu.base.field import FieldKind
from paizhu.services.importing.children import ChildPlan
from paizhu.services.importing.columns import counted_in, unit_over
from paizhu.services.importing.facts import NEW
from paizhu.services.importing.plan import SheetPlan

_NAMED = 6
_COMMENTED = 12


def notes(plan: SheetPlan) -> tuple[str, ...]:
    """Return what is to be said of a table, a sentence each."""
    read = {column.letter for column in plan.columns}
    # What our own export hides are its record numbers; only columns of the officer are worth a word.
    hidden = _hidden(plan.hidden_rows, [letter for letter in plan.hidden_columns if letter in read])
    found = [
        hidden,
        _commented(plan.commented),
        _unread(plan),
        _dittos(plan),
        _unit(plan),
        _not_kept(plan),
        _secret(plan),
        _left_out(plan),
        _counted(plan),
        _habit(plan),
    ]
    return tuple(words for words in found if words)


def _hidden(rows: Sequence[int], columns: Sequence[str]) -> str:
    parts = []
    if rows:
        more = f"等 {len(rows)} 行" if len(rows) > _NAMED else " 行"
        parts.append(f"第 {'、'.join(map(str, rows[:_NAMED]))}{more}")
    if columns:
        parts.append(f"{'、'.join(columns)} 列")
    return f"原表隐藏了 {'和 '.join(parts)}，这些内容也读入了。".replace("了 第", "了第") if parts else ""


def _commented(places: Sequence[str]) -> str:
    """Return where comments stand; their words are not repeated, they may be about an informant."""
    if not places:
        return ""
    more = f"等 {len(places)} 格" if len(places) > _COMMENTED else " "
    where = "、".join(places[:_COMMENTED])
    return f"{where}{more}有批注，批注没有读入；用得着的，请写进单元格再导入，或导入后记在备注里。"


def _unread(plan: SheetPlan) -> str:
    others = "还有别的" if plan.commented else "有"
    words = (
        f"这张表里{others}批注，但文件的批注部分有缺损，看不出写在哪些格；请打开原表看一看，用得着的写进单元格再导入。"
    )
    return words if plan.unread_comments else ""


def _dittos(plan: SheetPlan) -> str:
    return f"写着“〃”“同上”的 {plan.dittos} 格，按上面一行的内容读入。" if plan.dittos else ""


def _unit(plan: SheetPlan) -> str:
    unit = unit_over(plan.facts.above)
    taken = [
        column
        for column in plan.columns
        if column.field is not None and column.field.kind is FieldKind.MONEY and column.unit == unit
    ]
    if not taken or unit == "元":
        return ""
    return f"表头上方写着“单位：{unit}”，没有写单位的金额按{unit}换算成元。"


def _not_kept(plan: SheetPlan) -> str:
    headers = [header for header in plan.left_out if header] if isinstance(plan, ChildPlan) else []
    return f"“{'、'.join(headers)}”没有对应的字段，{plan.label}里没有地方存，没有读入。" if headers else ""


def _secret(plan: SheetPlan) -> str:
    # Elsewhere it would stand open beside the matter, where whoever reads the record reads it.
    matches = plan.facts.matching.matches if plan.facts.matching else ()
    headers = [each.column.header for each in matches if each.sealed and not each.field and each.column.header]
    which = "、".join(headers)
    return (
        f"“{which}”写的是反映人的情况，没有对应的加密字段，没有读入；需要的，导入后在“反映人”里补登。"
        if headers
        else ""
    )


def _habit(plan: SheetPlan) -> str:
    words = "这张表里很多行彼此相近（例如同一人的日期只差几天），没有再逐行列为疑似重复，请您留意。"
    return words if plan.near.is_habit else ""


def _left_out(plan: SheetPlan) -> str:
    own = plan.facts.matching is not None and plan.facts.matching.own
    counts = plan.counts()
    # An empty form that was filled has no record behind any of its rows.
    own = own and sum(counts.values()) > counts[NEW]
    return "这是本程序导出的表：从表里删去的行不会删除台账里的记录。" if own else ""


def _counted(plan: SheetPlan) -> str:
    headers = [each.column.header for each in counted_in(plan.facts.matching)] if plan.facts.matching else []
    return f"“{'、'.join(headers)}”由程序自动算出，不从表里读入。" if headers else ""
