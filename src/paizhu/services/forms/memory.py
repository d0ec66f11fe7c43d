"""Forms remembered in the vault: what goes where by the layout of their labels, and what was sent when."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from paizhu.base import clock
from paizhu.documents.forms.areas import FigureArea, ListArea
from paizhu.documents.forms.read import Form
from paizhu.documents.forms.shape import EditionChange, Shape, steady
from paizhu.services.forms.matching import Edition, nearest
from paizhu.services.forms.wishes import CellWish, ListWish, Wishes
from paizhu.storage.journal import Act
from paizhu.storage.vault import Vault

_FORM, _SENT, _CORRECTION = "form", "sent", "correction"
_NUMBERS = 4
"""Digits of the number that keeps snapshots of one form and period apart and in order."""


@dataclass(frozen=True, slots=True)
class SentFigure:
    """One figure as it was sent; ``records`` are those it was counted from."""

    sheet: str
    place: str
    name: str
    code: str
    by: tuple[tuple[str, str], ...]
    span: str
    value: str | None
    records: tuple[tuple[str, int], ...]

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """Return what is the same figure in another form."""
        return self.code, tuple(sorted(self.by)), self.span


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: when, for which period, its figures, how many rows, and the journal's last entry."""

    key: str
    form: str
    name: str
    period: str
    at: str
    figures: tuple[SentFigure, ...]
    rows: int
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as told by a note: where it stands in the blank form, its value, the records it was counted from."""

    sheet: str
    place: str
    value: str | None
    records: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A note that put figures of a sent form right; the form as it was sent stays what it is."""

    key: str
    sent: str
    at: str
    title: str
    body: str
    told: tuple[Told, ...]


class FormMemory:
    """Reads and keeps forms and snapshots; nothing of a record but its number is in them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    # --- forms -----------------------------------------------------------------------------------------------

    def known(self, form: Form) -> Edition | None:
        """Return the kept form that this one is, or of which it is the next edition."""
        body = self._vault.kept(_FORM, form.fingerprint)
        if body is not None:
            return _edition(json.loads(body))
        return nearest(form.shape, self.editions())

    def editions(self) -> list[Edition]:
        """Return every kept form, the last used first."""
        bodies = (self._vault.kept(_FORM, name) for name in self._vault.kept_names(_FORM))
        return [_edition(json.loads(body)) for body in bodies if body]

    def keep(self, form: Form, name: str, wishes: Wishes) -> None:
        """Remember what goes where in this form, and which edition it takes the place of."""
        body = {"name": name, "shape": form.shape.plain(), **_plain(form, wishes)}
        if after := self._edition_before(form):
            body["after"] = after
        self._vault.keep(_FORM, form.fingerprint, json.dumps(body, ensure_ascii=False))

    def _edition_before(self, form: Form) -> str:
        body = self._vault.kept(_FORM, form.fingerprint)
        if body is not None:
            return str(json.loads(body).get("after", ""))
        known = nearest(form.shape, self.editions())
        return known.shape.fingerprint if known else ""

    def earlier(self, form: Form) -> frozenset[str]:
        """Return the marks of this form and of every edition before it."""
        found, followed = {form.fingerprint}, self.followed()
        at = self._edition_before(form)
        while at and at not in found:
            found.add(at)
            at = next((old for old, new in followed.items() if new == at), "")
        return frozenset(found)

    def names(self) -> dict[str, str]:
        """Return the name of every form that was pointed at, by its mark; the last used first."""
        bodies = ((name, self._vault.kept(_FORM, name)) for name in self._vault.kept_names(_FORM))
        return {name: str(json.loads(body)["name"]) for name, body in bodies if body}

    def followed(self) -> dict[str, str]:
        """Return the editions whose place another one took: the mark of each and of that other."""
        bodies = ((name, self._vault.kept(_FORM, name)) for name in self._vault.kept_names(_FORM))
        pairs = ((str(json.loads(body).get("after", "")), name) for name, body in bodies if body)
        return {old: new for old, new in pairs if old}

    def forget(self, form: Form) -> None:
        """Forget what was pointed at in this form."""
        self._vault.keep(_FORM, form.fingerprint, None)

    def recalled(self, form: Form, edition: Edition, proposed: Wishes) -> Wishes:
        """Return what was kept, by labels wherever they stand now; what is new keeps its proposal and is asked."""
        cells = dict(proposed.cells)
        kept = {_hashed(key): wish for key, wish in _list_of(edition.body, "cells")}
        for key, place in _cell_keys(form):
            known = kept.get(_hashed(key))
            if known is not None:
                cells[place] = _wish(known)
            elif place in cells:
                cells[place] = replace(cells[place], asked=True)
        for sheet, place, wish in _list_of(edition.body, "pointed"):
            cells[sheet, place] = _wish(wish)
        lists = dict(proposed.lists)
        kept_lists = {_hashed(key): wish for key, wish in _list_of(edition.body, "lists")}
        for key, place_of_list, area in _list_keys(form):
            known = kept_lists.get(_hashed(key))
            if known is None:
                lists[place_of_list] = replace(lists[place_of_list], asked=True)
            else:
                lists[place_of_list] = _list_wish(known, area, lists[place_of_list])
        return Wishes(cells, lists)

    # --- what was sent ---------------------------------------------------------------------------------------

    def freeze(self, act: Act, form: Form, name: str, period: str, figures: Sequence[SentFigure], rows: int) -> Sent:
        """Keep what is sent as part of the act that wrote it; what was sent before for the same period stays too."""
        begin = f"{form.fingerprint[:16]}:{period}:"
        number = sum(each.startswith(begin) for each in self._vault.kept_names(_SENT)) + 1
        at = clock.now().isoformat(timespec="seconds")
        key, entry = f"{begin}{number:0{_NUMBERS}}", act.entry - 1
        made = Sent(key, form.fingerprint, name, period, at, tuple(figures), rows, entry)
        act.keep(_SENT, made.key, json.dumps(asdict(made), ensure_ascii=False))
        return made

    def sent(self, period: str = "", form: str = "") -> list[Sent]:
        """Return what was sent, the newest first; of one period and one form when they are named."""
        found = []
        for name in sorted(self._vault.kept_names(_SENT)):
            body = self._vault.kept(_SENT, name)
            made = _sent(json.loads(body)) if body else None
            if made and period in ("", made.period) and form in ("", made.form):
                found.append(made)
        return sorted(found, key=lambda each: (each.at, each.key), reverse=True)

    # --- what was put right afterwards -----------------------------------------------------------------------

    def correct(self, act: Act, sent: Sent, title: str, body: str, told: tuple[Told, ...]) -> Correction:
        """Keep a note that was made as part of the act it left by; earlier ones for the same form stay too."""
        begin = f"{sent.key}:"
        number = sum(each.startswith(begin) for each in self._vault.kept_names(_CORRECTION)) + 1
        at = clock.now().isoformat(timespec="seconds")
        made = Correction(f"{begin}{number:0{_NUMBERS}}", sent.key, at, title, body, told)
        act.keep(_CORRECTION, made.key, json.dumps(asdict(made), ensure_ascii=False))
        return made

    def corrections(self, sent: Sent) -> list[Correction]:
        """Return the notes made for a sent form, the oldest first."""
        names = sorted(name for name in self._vault.kept_names(_CORRECTION) if name.startswith(f"{sent.key}:"))
        bodies = (self._vault.kept(_CORRECTION, name) for name in names)
        return [_correction(json.loads(body)) for body in bodies if body]

    def told_last(self, code: str, by: tuple[tuple[str, str], ...], period: str) -> Told | None:
        """Return a figure of a period as it was told last by any form; None when none told it."""
        key = (code, tuple(sorted(by)), "current")
        for sent in self.sent(period):
            for each in sent.figures:
                if each.key == key:
                    return self.told(sent)[each.sheet, each.place]
        return None

    def told(self, sent: Sent) -> dict[tuple[str, str], Told]:
        """Return each figure by sheet and place as it was told last: by the form, or by a note after it."""
        first = (Told(each.sheet, each.place, each.value, each.records) for each in sent.figures)
        found = {(each.sheet, each.place): each for each in first}
        for note in self.corrections(sent):
            found.update({(each.sheet, each.place): each for each in note.told})
        return found


def _correction(plain: Mapping[str, Any]) -> Correction:
    told = tuple(
        Told(each["sheet"], each["place"], each["value"], tuple((key, number) for key, number in each["records"]))
        for each in plain["told"]
    )
    return Correction(**{**plain, "told": told})


def _hashed(key: Any) -> str:
    return json.dumps(key, ensure_ascii=False)


def _list_of(body: Mapping[str, object], name: str) -> list[Any]:
    found = body.get(name)
    return list(found) if isinstance(found, list) else []


def _edition(body: Mapping[str, Any]) -> Edition:
    return Edition(str(body["name"]), Shape.from_plain(body["shape"]), body)


def _cell_keys(form: Form) -> Iterator[tuple[list[Any], tuple[str, str]]]:
    seen: Counter[str] = Counter()
    for sheet in form.sheets:
        for area in sheet.areas:
            if not isinstance(area, FigureArea):
                continue
            for cell in area.wanted:
                key = [_sheet(form, sheet.name), [*map(steady, cell.row_path)], [*map(steady, cell.column_path)]]
                seen[_hashed(key)] += 1
                yield [*key, seen[_hashed(key)]], (sheet.name, cell.place)


def _list_keys(form: Form) -> Iterator[tuple[list[Any], tuple[str, int], ListArea]]:
    seen: Counter[str] = Counter()
    for sheet in form.sheets:
        for area in sheet.areas:
            if isinstance(area, ListArea):
                name = _sheet(form, sheet.name)
                seen[name] += 1
                yield [name, seen[name]], (sheet.name, area.first_row), area


def _sheet(form: Form, name: str) -> str:
    # A form of one sheet is the same form however its sheet is called.
    return "" if sum(not each.grid.hidden for each in form.sheets) == 1 else steady(name)


def _plain(form: Form, wishes: Wishes) -> dict[str, Any]:
    keyed = {place: key for key, place in _cell_keys(form)}
    return {
        "cells": [[keyed[place], _plain_wish(wish)] for place, wish in wishes.cells.items() if place in keyed],
        "pointed": [[*place, _plain_wish(wish)] for place, wish in wishes.cells.items() if place not in keyed],
        "lists": [
            [key, _plain_list(area, wishes.lists[place])]
            for key, place, area in _list_keys(form)
            if place in wishes.lists
        ],
    }


def _plain_wish(wish: CellWish) -> dict[str, Any]:
    return {"code": wish.code, "by": [list(pair) for pair in wish.by], "span": wish.span}


def _wish(plain: Mapping[str, Any]) -> CellWish:
    return CellWish(plain["code"], tuple((name, key) for name, key in plain["by"]), plain["span"], 1.0)


def _headers(area: ListArea) -> dict[str, str]:
    seen: Counter[str] = Counter()
    found = {}
    for column in area.columns:
        words = " / ".join(map(steady, column.path))
        seen[words] += 1
        found[column.letters] = f"{words}#{seen[words]}"
    return found


def _plain_list(area: ListArea, wish: ListWish) -> dict[str, Any]:
    headers = _headers(area)
    return {
        "register": wish.register,
        "whole": wish.whole,
        "over": wish.over,
        "headers": list(headers.values()),
        "columns": {headers[letters]: field for letters, field in wish.columns.items() if letters in headers},
        "figures": {headers[letters]: _plain_wish(each) for letters, each in wish.figures.items()},
    }


def _list_wish(plain: Mapping[str, Any], area: ListArea, proposed: ListWish) -> ListWish:
    known = set(plain["headers"])
    columns, figures, asked = {}, {}, False
    for letters, header in _headers(area).items():
        if header in plain["columns"]:
            columns[letters] = plain["columns"][header]
        elif header in plain["figures"]:
            figures[letters] = _wish(plain["figures"][header])
        elif header not in known:
            asked = True
            if proposed.register == plain["register"] and letters in proposed.columns:
                columns[letters] = proposed.columns[letters]
            if letters in proposed.figures:
                figures[letters] = replace(proposed.figures[letters], asked=True)
    return ListWish(plain["register"], columns, 1.0, plain["whole"], plain["over"], figures, asked)


def _sent(plain: Mapping[str, Any]) -> Sent:
    figures = tuple(
        SentFigure(
            **{
                **each,
                "by": tuple((name, key) for name, key in each["by"]),
                "records": tuple((register, number) for register, number in each["records"]),
            }
        )
        for each in plain["figures"]
    )
    return Sent(**{**plain, "figures": figures})


def changed_words(changes: Sequence[EditionChange]) -> list[str]:
    """Return what changed in a form, a line each; what only moved is left out when something is new."""
    told = [change for change in changes if change.how != "moved"] or list(changes)
    return [change.words for change in told]
