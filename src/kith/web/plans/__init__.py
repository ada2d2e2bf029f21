"""A child’s plans."""
