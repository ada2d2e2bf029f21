"""Projectors: typed rows folded from the record."""
