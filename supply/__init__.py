"""What the application is built from, and what is publicly known against it."""
