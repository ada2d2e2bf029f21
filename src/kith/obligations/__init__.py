"""The stored index of what is owed: derived, and rebuilt at any time; worklists."""
