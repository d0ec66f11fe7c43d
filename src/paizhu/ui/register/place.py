"""Where an officer was on a page of registers, to come back to."""

from dataclasses import dataclass

from paizhu.services.views import SavedView


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
    cursor: str = ""
    """The field the cursor stood in."""
    letter: int = -1
    """Before which of its letters; behind the last one for -1."""
