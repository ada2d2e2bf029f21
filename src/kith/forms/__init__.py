"""Answers against a pack's form at a version: pages, drafts, sign-off."""
