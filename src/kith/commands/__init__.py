"""The `kith` command line: thin, one module to each group of commands."""
