"""The papers for a meeting: one description of what they say, and a way to write it in each form people ask for."""
