"""Risks of a child, and what adds disadvantage."""
