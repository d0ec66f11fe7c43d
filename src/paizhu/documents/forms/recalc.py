"""Making sure that totals are computed anew when a filled form is opened, and that no old result is shown before."""

import re
from collections.abc import Iterable, Mapping

from paizhu.documents.books.xml_text import plain
from paizhu.documents.forms.package import FormPackage
from paizhu.documents.forms.refs import sheets_named
from paizhu.documents.forms.sheet import ATTRIBUTES, SheetXml

_CALC = re.compile(rf"<((?:\w+:)?)calcPr(?=[\s/>]){ATTRIBUTES}\s*(/?)>")
_FULL = re.compile(r"""\s+fullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
_NAME = re.compile(r"""<(?:\w+:)?definedName\s[^>]*?\bname\s*=\s*["']([^"']+)["'][^>]*>([^<]*)<""")
_TABLE_NAME = re.compile(rb"""<(?:\w+:)?table\s[^>]*?\bdisplayName\s*=\s*["']([^"']+)["']""")
_WORD = re.compile(r"[^\W\d][\w.]*")
_FAR = frozenset(("indirect", "offset"))


def asks_recalculation(xml: bytes) -> bytes:
    """Return the workbook part with the one mark that makes programs compute everything on opening."""
    text = xml.decode("utf-8", "surrogateescape")
    found = _CALC.search(text)
    if found:
        attributes = _FULL.sub("", found[2])
        new = f'<{found[1]}calcPr{attributes} fullCalcOnLoad="1"{found[3]}>'
        return (text[: found.start()] + new + text[found.end() :]).encode("utf-8", "surrogateescape")
    for name in _BEFORE_CALC:
        ends = list(re.finditer(rf"</((?:\w+:)?){name}\s*>|<((?:\w+:)?){name}(?:\s[^>]*)?/>", text))
        if ends:
            prefix = ends[-1][1] or ends[-1][2] or ""
            at = ends[-1].end()
            text = f'{text[:at]}<{prefix}calcPr fullCalcOnLoad="1"/>{text[at:]}'
            break
    return text.encode("utf-8", "surrogateescape")


def forget_results(package: FormPackage, opened: dict[str, SheetXml], changed: Iterable[str]) -> bool:
    """Drop stored results that changed cells may have made wrong, on any sheet; tell whether anything computes.

    Sheets whose formulas depend on changed ones are added to ``opened``.
    """
    touched = {name.casefold() for name in changed}
    waiting: dict[str, SheetXml] = {}
    computes = False
    for sheet in package.sheets:
        content = package.read(sheet.part)
        if b"<f" not in content and b":f" not in content and sheet.name not in opened:
            continue
        xml = opened[sheet.name] if sheet.name in opened else package.sheet_xml(sheet)
        if next(xml.formula_rows(), None) is not None:
            computes = True
            waiting[sheet.name] = xml
    words = _names_of(package)
    found = True
    while found:
        found = False
        for name, xml in list(waiting.items()):
            if name.casefold() in touched or _depends(xml, touched, words):
                _forget(xml)
                opened[name] = xml
                touched.add(name.casefold())
                del waiting[name]
                found = True
    return computes


def _forget(xml: SheetXml) -> None:
    for number in list(xml.formula_rows()):
        xml.drop_results(number)


def _depends(xml: SheetXml, touched: set[str], names: Mapping[str, set[str]]) -> bool:
    for number in xml.formula_rows():
        for _cell, _about, formula in xml.computed(number):
            if sheets_named(formula) & touched:
                return True
            for word in _WORD.findall(formula):
                key = word.casefold()
                if key in _FAR or names.get(key, set()) & touched:
                    return True
    return False


def _names_of(package: FormPackage) -> dict[str, set[str]]:
    """Return the sheets behind each defined name and each table."""
    found: dict[str, set[str]] = {}
    text = package.read(package.workbook_part).decode("utf-8", "replace")
    for name, formula in _NAME.findall(text):
        found.setdefault(plain(name).casefold(), set()).update(sheets_named(plain(formula)))
    for sheet in package.sheets:
        for part in package.related(sheet.part, "/table"):
            for name in _TABLE_NAME.findall(package.read(part)):
                found.setdefault(name.decode("utf-8", "replace").casefold(), set()).add(sheet.name.casefold())
    return found
