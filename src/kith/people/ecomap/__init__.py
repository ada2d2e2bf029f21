"""The ecomap: who and what is around a child or a household, how strong each tie is, and which way help flows."""
