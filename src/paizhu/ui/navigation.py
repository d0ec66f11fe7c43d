"""The way back: places the officer came from, and those left by going back."""

from __future__ import annotations

from dataclasses import dataclass

_KEPT = 50


@dataclass(frozen=True)
class Stop:
    """A page by its key, and the place within it as the page itself told it."""

    page: str
    place: object = None


class Navigation:
    """Two stacks, as in a browser; where one stands now belongs to neither."""

    def __init__(self) -> None:
        self._behind: list[Stop] = []
        self._ahead: list[Stop] = []

    def leave(self, here: Stop) -> None:
        """Go somewhere new from here; what lay ahead is forgotten."""
        self._behind = [*self._behind[-_KEPT + 1 :], here]
        self._ahead = []

    def back(self, here: Stop) -> Stop | None:
        """Return the last stop, remembering this one as the way forward; None at the beginning."""
        if not self._behind:
            return None
        self._ahead.append(here)
        return self._behind.pop()

    def forward(self, here: Stop) -> Stop | None:
        """Return the stop that was left by going back; None when there is none."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()
