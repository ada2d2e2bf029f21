"""The register of agencies and professionals."""
