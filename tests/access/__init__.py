"""Who may come in, and what is kept of it."""
