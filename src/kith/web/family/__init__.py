"""A family, and an adult of it."""
