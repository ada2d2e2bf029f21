"""Invented children, for rehearsals, benchmarks and tests. Product code never imports this."""
