"""What this office may set: limits, days, periods, lists, rules; each shows source and way back."""
