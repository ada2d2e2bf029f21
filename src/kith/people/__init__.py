"""Children, families, networks: folded from the record; involvement, restriction, break-glass; the genogram."""
