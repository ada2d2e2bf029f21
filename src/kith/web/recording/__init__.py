"""Recording: a pack's forms as pages."""
