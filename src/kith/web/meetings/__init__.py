"""Pages of meetings: a child's meetings, one meeting, its room, and the diary."""
