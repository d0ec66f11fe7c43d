"""Tables found in a sheet: frame, header, records told from totals, columns told from their cells."""
