"""Kith: family-led practice with the procedure as data."""
