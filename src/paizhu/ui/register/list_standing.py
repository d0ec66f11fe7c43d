"""Where a list stands, carried over a reading that may bring other records or the same ones in another order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from paizhu.services.list_orders import FELT
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.table_model import RegisterModel


@dataclass(frozen=True)
class Standing:
    """The record in hand, the line it stood in, and the records selected; ids, 0 for none."""

    record_id: int
    line: int
    chosen: tuple[int, ...]

    def carried_over(
        self,
        model: RegisterModel,
        is_in_view: Callable[[int], bool],
        is_live: Callable[[int], bool],
        *,
        reordered: bool,
    ) -> CarriedOver:
        """Return where to stand in what the model holds now.

        ``reordered`` tells that the officer asked for other records or another order, and none is looked for that went
        far. ``is_live`` tells of a record that left the view whether it can still be worked on.
        """
        # Mostly the record stands where it stood: then nothing has to be counted.
        model.row(self.line)
        if self.record_id and isinstance(model, OutlineModel):
            # What was looked at stays in sight, also when its place is now in the part that is folded away.
            model.show_record(self.record_id)
        line = model.place_of(self.record_id, FELT) if self.record_id else -1
        lines = [found for each in self.chosen if (found := model.place_of(each, FELT)) >= 0]
        far = reordered and model.total > FELT
        if line < 0 and not reordered and is_in_view(self.record_id):
            # In a very long list it moved too far to be found among what was read.
            line = model.place_of(self.record_id)
            lines = lines or [line]
        stays = line < 0 and not reordered and is_live(self.record_id)
        if line < 0 and self.record_id and model.total and not far:
            # The record is gone from the view: the one that took its place is nearest to what was looked at. Selected
            # it is only where nobody works on the one that went any more.
            line = min(max(self.line, 0), model.lines - 1)
            lines = lines if stays else [line]
        return CarriedOver(line, lines, self.record_id if stays else 0, holds=far or stays)


@dataclass(frozen=True)
class CarriedOver:
    """Line to stand in, lines to select, and the record in hand that the view does not hold any more (0 for none)."""

    line: int
    chosen: list[int]
    left_id: int
    holds: bool
    """The record in hand stays in hand, whatever stands in its line now."""
