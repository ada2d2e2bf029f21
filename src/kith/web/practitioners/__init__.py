"""Who works here: entered, given roles and teams, and no longer let in."""
