"""Who did and who looked: append-only, one writer, no foreign keys. For investigators; no feature reads it but the pages that show it."""
