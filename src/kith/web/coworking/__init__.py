"""Who does what: the co-working agreement of a child."""
