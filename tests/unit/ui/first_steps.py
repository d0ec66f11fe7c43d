"""The first pages of the first run, filled in."""

from paizhu.ui.wizards.first_run import FirstRun

GOOD = "ychz7wdh3jqm"
"""A password no list knows."""


def fill_group(wizard: FirstRun) -> None:
    """Begin a new vault and say whose it is."""
    wizard.choose_way("new")
    wizard.group.group.setText("驻某市示例局纪检监察组")
    wizard.group.unit.setText("某市示例局")
    wizard.group.officer.setText("陈守正")


def fill_password(wizard: FirstRun) -> None:
    """Go on to the password and give one, twice, with five minutes to the lock."""
    wizard.next.click()
    for edit in (wizard.password.form.first, wizard.password.form.second):
        edit.field.setText(GOOD)
    wizard.password.minutes.chosen.emit("5")
