"""Which register has a hand-written first pane, and which a head over its list; most have neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from paizhu.base.view import Condition
from paizhu.ui.context import Context
from paizhu.ui.overviews.list_head import ListHead
from paizhu.ui.overviews.overview import Overview

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
    desk = context.office.desk
    return make(desk.calendar, desk.today) if make else ()


def head_of(register: str, context: Context) -> ListHead | None:
    """Return what stands above the list of a register; None for most."""
    make = _heads().get(register)
    return make(context) if make else None


def load() -> None:
    """Import every pane and head without making one, so that no page waits for them when it is first shown."""
    from paizhu.ui.overviews import course  # noqa: F401

    _makers()
    _heads()
