"""The results folder: written whole, and read back through one validating reader."""
