"""What the desk asks of its pages, by name: a page offers what it has use for, and is passed over for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from paizhu.ui.turns import Pieces

Offer = Literal[
    "arriving",
    "bring_forward",
    "come_to",
    "is_busy",
    "loses",
    "new_record",
    "opening",
    "pieces",
    "place",
    "return_to",
    "run",
    "save_draft",
]


class PageOffers(Protocol):
    """Every offer as a page makes it; no page makes all of them."""

    arrives: bool
    """Parts of the page are missing as yet: they come after it was brought to the front, and are seen together."""
    shows_said: bool
    """The page says by itself what was done; the desk does not say it again."""

    # --- where the officer stands ----------------------------------------------------------------------------

    def place(self) -> object:
        """Return where the officer stands on the page, to come back to; it outlives the page over a lock."""

    def return_to(self, place: object) -> None:
        """Go back to a place; what is gone since is passed over without a word."""

    def come_to(self, place: object) -> bool:
        """Come at a place before anything of the page is made; False when the page goes back to it later instead."""

    # --- coming and going ------------------------------------------------------------------------------------

    def arriving(self, register_key: str = "") -> Pieces:
        """Make what is missing of the page and of its part for a register, with a pause after every piece."""

    def bring_forward(self, register_key: str) -> bool:
        """Show the part of the page for a register; False when it is in front already."""

    def pieces(self) -> list[QWidget]:
        """Return the heavy parts of the page, innermost first, for whoever throws it away bit by bit."""

    # --- what is typed and done ------------------------------------------------------------------------------

    def opening(self, register_key: str, record_id: int) -> Pieces:
        """Show a record of one of the page's registers, with a pause after every piece; 0 opens an empty form."""

    def new_record(self, register_key: str = "", values: dict[str, object] | None = None) -> None:
        """Open an empty form of a register with values that are known."""

    def run(self, action_id: str) -> bool:
        """Do a command of the window; False for one the page does not know."""

    def is_busy(self) -> bool:
        """Tell whether something is typed that is not saved, or at work that leaving would stop."""

    def loses(self) -> bool:
        """Tell whether something stands here that no lock may keep, so that it is said before it is gone."""

    def save_draft(self) -> None:
        """Keep what stands typed and leave nothing readable: the desk is about to be locked."""


def ask(page: object, offer: Offer, *given: object) -> object:
    """Take an offer of a page and return its answer; None from a page that does not make it."""
    offered: Callable[..., object] | None = getattr(page, offer, None)
    return offered(*given) if offered else None
