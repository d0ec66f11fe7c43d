"""Where an officer was on a page of registers, and standing there again: first at the line, then at the record."""

from dataclasses import dataclass, field

from paizhu.services.views import SavedView
from paizhu.ui.register.cursor import Cursor
from paizhu.ui.register.held_part import Held, held_in, hold_again
from paizhu.ui.register.side import RegisterSide
from paizhu.ui.register.typing_place import come_back, place_in
from paizhu.ui.turns import at_once


@dataclass(frozen=True)
class Place:
    """Register, list as it stood, record, scrolling and tab."""

    register: str
    view: SavedView
    record_id: int = 0
    scroll: int = 0
    tab: int = 0
    in_detail: bool = False
    is_new: bool = False
    """A record that was never saved was being written; its words are a draft."""
    cursor: Cursor = field(default_factory=Cursor)
    held: Held | None = None
    """What of the overview had the keys."""


def place_of(side: RegisterSide) -> Place:
    """Return where the officer is in a list and its record."""
    record_id = side.detail.work.record_id or side.list.current_id()
    in_detail = side.detail_replaces and side.detail.isVisible()
    at = side.list.scroll_place(), side.detail.header.tabs.currentIndex()
    cursor, is_new = place_in(side.detail.form), side.detail.work.is_new
    held = held_in(side.detail.overview)
    return Place(side.register.key, side.as_saved(), record_id, *at, in_detail, is_new, cursor, held)


def stand_at_line(side: RegisterSide, place: Place) -> bool:
    """Scroll the list as it was and stand on the record there; False when it is gone, or none was stood on."""
    found = bool(place.record_id) and side.list.keep_to(place.record_id)
    side.list.scroll_to(place.scroll)
    return found


def stand_at_record(side: RegisterSide, place: Place, *, found: bool) -> None:
    """Show the record that was ``found`` as it was shown, or the one being written, with the cursor where it stood."""
    if found:
        at_once(side.acts.showing_again(place.record_id))
        side.detail.header.tabs.setCurrentIndex(place.tab)
    if place.is_new and side.detail.work.has_new_draft():
        side.start_new()
    elif place.in_detail:
        side.open(place.record_id)
    else:
        side.show_list()
    put_cursor(side, place)


def put_cursor(side: RegisterSide, place: Place) -> None:
    """Put the cursor or the keys back where they were, once that record is in front again."""
    detail = side.detail
    same = detail.work.is_new if place.is_new else detail.work.record_id == place.record_id
    if place.cursor.field and same and (typed_in := come_back(detail.form, place.cursor)):
        detail.bring_into_view(typed_in)
    elif same and place.held:
        hold_again(detail.overview, place.held)
