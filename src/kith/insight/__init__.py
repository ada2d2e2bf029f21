"""What the record adds up to: counts, times taken and the report a service manager takes into a meeting."""
