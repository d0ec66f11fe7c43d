"""At most one red button on a page: the record's step, else the way in of an empty list, else 新增 in the tool bar."""

from __future__ import annotations

from typing import Protocol

from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.register.detail_pane import DetailPane


class Listing(Protocol):
    """A list with the way in that stands in place of its rows while there are none."""

    empty: EmptyState

    @property
    def is_empty(self) -> bool:
        """Tell whether the way in stands there."""


def show_one_red(new: Button, detail: DetailPane, listing: Listing) -> None:
    """Let only the first of them be red, and say beside an empty list what will stand there."""
    busy = detail.has_primary and not detail.isHidden()
    listing.empty.quiet(busy)
    new.set_look(Look.SECONDARY if busy or listing.is_empty else Look.PRIMARY)
    detail.nothing.say(no_records=listing.is_empty)
