"""Practitioners, teams, roles and rights, sign-in. Knows no child."""
