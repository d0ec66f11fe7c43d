"""How the width is shared between a list and the record beside it, as drawn in the target pictures."""

from __future__ import annotations

from paizhu.ui import theme
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.list_pane import ListPane

_LIST_LEAST = 404
_LIST_SHARE = 0.58
# A record with an overview is worked in, not looked up: its pane takes the width, as in the target pictures.
_LIST_SHARE_BESIDE_OVERVIEW = 0.31
# Under a strip of its own the list is what is looked at, and the form beside it is a narrow one.
_LIST_SHARE_UNDER_HEAD = 0.62


class Room:
    """What a list takes beside a record, as both stand now."""

    def __init__(self, listed: ListPane, detail: DetailPane) -> None:
        self._list, self._detail = listed, detail

    def usual_share(self) -> float:
        """Return the part of the width that the list takes unless the officer wants another."""
        outline = self._list.outline
        if outline and self._list.as_tree:
            return outline.share
        plain = _LIST_SHARE_UNDER_HEAD if self._list.head and self._list.head.widens_list else _LIST_SHARE
        return _LIST_SHARE_BESIDE_OVERVIEW if self._detail.has_overview else plain

    def list_least(self) -> int:
        """Return the pixels without which a list cannot be read."""
        tree = self._list.outline if self._list.as_tree else None
        return theme.current().px(tree.least if tree else _LIST_LEAST)
