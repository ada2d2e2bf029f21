"""Contacts, case notes and visits."""
