"""Words of an opinion: under what its draft is kept, and how near an amount has to be to be spoken of."""

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from paizhu.base import paths

OPINION_DRAFT = "review_item:opinion"
"""Under what the words of an opinion are kept while they are written."""


@cache
def _words_data() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "rules" / "phrases.toml").read_text(encoding="utf-8"))


def near_standard() -> Fraction:
    """Return the share of the unit's standard from which an amount is near it."""
    return Fraction(int(_words_data()["near_standard_percent"]), 100)
