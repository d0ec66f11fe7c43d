"""The same services without a window (``paizhu COMMAND --help``): for scripts, tests and the officer's IT colleague."""

from paizhu.cli.entry import main as main
