"""Ending the work with a child, or passing it to others."""
