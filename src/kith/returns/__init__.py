"""The statutory returns, in and out."""
