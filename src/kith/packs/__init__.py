"""Procedure packs as data: one folder a pack, one below it for each version."""
