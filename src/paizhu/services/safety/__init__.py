"""The vault itself: backups, comparing with one, checking the chain, passwords."""
