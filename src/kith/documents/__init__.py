"""Documents: letters made for one reader, kept byte for byte, approved, delivered; who was given what."""
