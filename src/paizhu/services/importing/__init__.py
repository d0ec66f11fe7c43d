"""Ledgers in: a plan to look at, questions answered, then one act that can be taken back."""
