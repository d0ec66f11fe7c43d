"""Every ground, every step and every guard that is declared: what the proofs are parametrised over."""

from paizhu.base.flow import Guard
from tests.guards.of_letters import LETTERS
from tests.guards.of_matters import MATTERS
from tests.guards.of_reviews import REVIEWS
from tests.guards.of_talks import TALKS
from tests.guards.of_work import WORK

GROUNDS = (*MATTERS, *TALKS, *REVIEWS, *LETTERS, *WORK)
STEPS = [(ground, step) for ground in GROUNDS for step in ground.flow.steps]
GUARDS = [(ground, step, guard) for ground, step in STEPS for guard in step.guards]


def name_of(guard: Guard) -> str:
    """Return what a guard is called in the declaration: a made one by what it was made with."""
    name = getattr(guard, "__qualname__", str(guard)).partition(".<locals>")[0]
    cells = getattr(guard, "__closure__", None) or ()
    told = [
        str(cell.cell_contents)
        for cell in cells
        if isinstance(cell.cell_contents, str) and cell.cell_contents.isascii()
    ]
    return f"{name}({', '.join(told)})" if told else name
