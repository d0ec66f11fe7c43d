"""Hand-written first panes of a record, by register; a register without one shows its form first.

An overview gathers what the officer needs to decide: it reads through the services and asks the page to go to
a field or take a step. Everything it shows can also be reached in the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from paizhu.base.rows import Row
from paizhu.base.view import Condition
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Offer


class Overview(QWidget):
    """One such pane. ``label`` is the word of its tab."""

    label = "概览"
    shows_course = False
    """Whether the pane has stations of its own, so that those of the record alone are not shown above it."""

    field_asked = Signal(str)
    """Code name of a field or kind of child rows that should be edited in the form."""
    step_asked = Signal(str)
    """Code of the state that a step should lead to."""
    add_asked = Signal(object, str)
    """Paths of files and the place they belong to."""
    open_file_asked = Signal(object)
    """A file of the record that should be opened."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def show_record(self, row: Row) -> None:
        """Show a record as stored; called again whenever it changed."""
        raise TypeError(f"{type(self).__name__} shows nothing for {row.register}")

    def offers(self) -> Sequence[Offer]:
        """Return what the bar below offers while this pane is in front: the red button first; the steps follow."""
        return ()

    def act(self, key: str) -> None:
        """Do what one of the offers says."""

    def take_pasted(self, words: str) -> bool:
        """Take what was pasted over the list beside this pane when it is meant for it; False leaves it to the list."""
        return False

    def keep_draft(self) -> None:
        """Keep what is typed here: another record, another page or a lock comes."""


class ListHead(QWidget):
    """A hand-written strip above the list of a register; it reads through the services and opens what is pressed."""

    widens_list = True
    """Whether the list under it takes more of the width than usual."""

    page_asked = Signal(str)
    """Key of another page of the window."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def chips(self) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
        """Return chips of its own over the list: key, words, conditions; asked off the window's thread."""
        return ()

    def give_way(self, height: int) -> None:
        """Take less room where head and list together have only this height; most heads are one line anyhow."""


COURSE = ("petition", "lead", "case", "measure")
"""Registers that share one overview: a matter from letter to measure."""

FLAGGED = (
    "finding",
    "supervision_activity",
    "proposal",
    "risk_point",
    "integrity_archive",
    "integrity_opinion",
    "lead",
    "case",
    "measure",
    "petition",
)
"""Registers above whose lists stands what their records say together."""

Maker = Callable[[Context], Overview]


def _makers() -> Mapping[str, Maker]:
    from paizhu.ui.overviews.check_activity import ActivityOverview
    from paizhu.ui.overviews.check_letter import LetterOverview
    from paizhu.ui.overviews.check_problem import ProblemOverview
    from paizhu.ui.overviews.dossier import DossierOverview
    from paizhu.ui.overviews.duty import DutyOverview
    from paizhu.ui.overviews.opinion import OpinionOverview
    from paizhu.ui.overviews.review import ReviewOverview
    from paizhu.ui.overviews.review_meeting import MeetingOverview

    return {
        "duty_item": DutyOverview,
        "review_item": ReviewOverview,
        "meeting": MeetingOverview,
        "person": DossierOverview,
        "integrity_opinion": OpinionOverview,
        "finding": ProblemOverview,
        "supervision_activity": ActivityOverview,
        "proposal": LetterOverview,
        **{key: partial(_course, key) for key in COURSE},
    }


def _course(register: str, context: Context) -> Overview:
    from paizhu.ui.overviews.course import CourseOverview

    return CourseOverview(context, register)


def overview_of(register: str, context: Context) -> Overview | None:
    """Return the overview of a register, made now; None where its form says everything."""
    make = _makers().get(register)
    return make(context) if make else None


def _heads() -> Mapping[str, Callable[[Context], ListHead]]:
    from paizhu.ui.overviews.book_flags import BookFlags
    from paizhu.ui.overviews.outside_head import OutsideHead
    from paizhu.ui.overviews.talk_coverage import CoverageStrip

    return {
        "integrity_talk": CoverageStrip,
        "outside_work": OutsideHead,
        **{key: partial(BookFlags, register=key) for key in FLAGGED},
    }


def chips_of(register: str, context: Context) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
    """Return chips of a list that has nothing above it: key, words, conditions; asked off the window's thread."""
    from paizhu.ui.overviews.review_chips import chips

    make = {"review_item": chips}.get(register)
    return make(context.office.desk.today) if make else ()


def head_of(register: str, context: Context) -> ListHead | None:
    """Return what stands above the list of a register; None for most."""
    make = _heads().get(register)
    return make(context) if make else None


def load() -> None:
    """Import every pane and head without making one, so that no page waits for them when it is first shown."""
    from paizhu.ui.overviews import course  # noqa: F401

    _makers()
    _heads()
