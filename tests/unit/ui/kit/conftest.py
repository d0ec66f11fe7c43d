"""Every widget is tried in light colours first."""

import pytest

from paizhu.ui.theme import Theme


@pytest.fixture(autouse=True)
def _light(look: Theme) -> None:
    """Every test of this folder begins and ends in light colours."""
