"""Settings, urls and the server's way in."""
