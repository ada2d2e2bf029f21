"""Documents and shares of a child: written, approved, delivered; what waits to be printed or decided."""
