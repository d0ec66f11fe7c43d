"""The papers of the house, each made of blocks: opinions, approvals, letters, lists, dossiers."""
