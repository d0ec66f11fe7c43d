"""Red flags out of the vault's own records: read, computed, silenced, never a conclusion."""
