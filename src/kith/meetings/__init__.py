"""Meetings: asked for, arranged, held in the room, and what became of them."""
