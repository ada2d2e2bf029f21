"""A child’s assessments, and what can be done with each."""
