"""Fields marked S that no step can honestly demand, and what sees to each of them instead."""

BY_EXTENSION = ("lead.check_extended_to", "measure.probation_extended_to", "measure.pay_due")
"""There is such a day only where an extension was approved: to grant one demands it and writes it there."""
BY_CLOCK = ("lead.explained_at_meeting",)
"""At the next yearly meeting, mostly after filing: a clock (T04) runs in the archive too, until the day is there."""
BY_DERIVING = ("measure.probation_from",)
"""Follows from the day of the decision, without which no measure is saved."""
DEMANDED_OTHERWISE = (*BY_EXTENSION, *BY_CLOCK, *BY_DERIVING)
