"""Whether choices stand side by side or in a drop-down, as they are seen."""

from PySide6.QtWidgets import QComboBox

from paizhu.ui.kit.segments import Segments


def is_collapsed(segments: Segments) -> bool:
    """Tell whether a drop-down stands in place of the choices."""
    combo = segments.findChild(QComboBox)
    return combo is not None and combo.isVisibleTo(segments)
