"""Workbooks that we write: registers styled and coming back exactly, totals, the officer's own with marks."""
