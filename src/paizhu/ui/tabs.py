"""The tabs of the main window as data, and the other pages of the same stack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from paizhu.ui.context import Context

PageFactory = Callable[[Context], QWidget]
_MATTERS = ("petition", "lead", "case", "measure")


@dataclass(frozen=True)
class Tab:
    """One tab: its words, the keys of the registers shown there, and how its page is made when first shown.

    ``badge`` names the register whose overdue tasks are counted in red on the tab.
    """

    key: str
    label: str
    registers: tuple[str, ...]
    make: PageFactory
    badge: str = ""


def _register_page(*keys: str) -> PageFactory:
    def make(context: Context) -> QWidget:
        from paizhu.registers import REGISTERS
        from paizhu.ui.register.page import RegisterPage

        return RegisterPage(context, tuple(each for key in keys for each in REGISTERS if each.key == key))

    return make


def _matters_page(context: Context) -> QWidget:
    from paizhu.registers import REGISTERS
    from paizhu.ui.register.matters_page import MattersPage

    return MattersPage(context, tuple(each for key in _MATTERS for each in REGISTERS if each.key == key))


def _today_page(context: Context) -> QWidget:
    from paizhu.ui.pages.day.today import TodayPage

    return TodayPage(context)


def _register_tab(key: str, label: str, *registers: str, badge: str = "") -> Tab:
    return Tab(key, label, registers, _register_page(*registers), badge)


TABS: tuple[Tab, ...] = (
    Tab("today", "今日", (), _today_page),
    _register_tab("duties", "责任清单", "duty_item", "outside_work"),
    _register_tab("reviews", "会前审查", "review_item", "meeting"),
    _register_tab("talks", "廉政谈话", "integrity_talk"),
    Tab("cases", "案件档案", _MATTERS, _matters_page),
    _register_tab("people", "监督对象", "person", "unit", "supplier", "integrity_opinion", "integrity_archive"),
    _register_tab(
        "supervision", "监督检查", "finding", "supervision_activity", "proposal", "risk_point", badge="finding"
    ),
)


def tab_of(register_key: str, tabs: tuple[Tab, ...] = TABS) -> Tab | None:
    """Return the tab that shows a register; None for a register without one."""
    return next((tab for tab in tabs if register_key in tab.registers), None)
