"""Events, files, hash chain, corrections, as known on: the spine. Knows subjects only as a name and an id."""
