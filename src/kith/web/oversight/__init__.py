"""Oversight: what is owed across the authority, and what was opened in an emergency."""
