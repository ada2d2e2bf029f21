"""Worklists: mine, a team's, the authority's."""
