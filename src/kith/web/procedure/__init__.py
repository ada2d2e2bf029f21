"""The procedure that the council works by, for anybody who works by it to read."""
