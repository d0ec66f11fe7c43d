"""The commission's forms: matched, filled from the records, checked, frozen, corrected, due again."""
