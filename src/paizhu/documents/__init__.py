"""File formats: workbooks in and out; knows registers and rows, not the vault."""
