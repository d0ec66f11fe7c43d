"""What leaves the vault: lists, parts handed out, everything on leaving; by class of confidentiality."""
