"""Other people's programs that tests look at papers and workbooks with."""

import shutil
import sys

import pytest


def program(name: str) -> str:
    """Return where a program stands.

    `dev.py test` brings these on Linux, so there a missing one fails the test: a skip would hide a lost install step.
    """
    found = shutil.which(name)
    if found:
        return found
    if sys.platform == "linux":
        pytest.fail(f"{name} is missing; packaging/dev.py test brings it")
    pytest.skip(f"{name} is not installed, and nothing here can bring it")
