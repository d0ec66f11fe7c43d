"""Where an officer was on a page of registers, to come back to."""

from dataclasses import dataclass, field

from paizhu.services.views import SavedView
from paizhu.ui.register.cursor import Cursor


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
