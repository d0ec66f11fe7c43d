"""What this office sets over the rules the program came with: days, limits, periods."""
