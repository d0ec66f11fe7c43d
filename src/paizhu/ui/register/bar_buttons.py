"""What the buttons of the bar under a record say: their step, why it cannot be taken, whose it is."""

from __future__ import annotations

from paizhu.base.flow import Step
from paizhu.ui.kit.button import Button
from paizhu.ui.register.step_bar import Way


def name_button(button: Button, words: str, shortcut: str) -> None:
    """Print words and key on a button; what reads the screen out hears the words alone."""
    button.setText(f"{words} {shortcut}".rstrip().replace("&", "&&"))
    button.setAccessibleName(words)


def allow_button(button: Button, way: Way | None, words: str) -> None:
    """Let a step be taken, or say why not; one that lacks words alone stays, since pressing it leads to the fields."""
    if way and way.shut:
        button.refuse(words)
        return
    button.allow()
    button.setToolTip(tip_of(way.step) if way else "")
    button.setAccessibleDescription(words)


def tip_of(step: Step) -> str:
    """Return the step, who takes it and what asks for it, a line each."""
    lines = (step.label, f"由谁办：{step.who}" if step.who else "", f"依据：{step.source}" if step.source else "")
    return "\n".join(line for line in lines if line)
