"""What one's own data say: each source becomes a fit with its uncertainty, and keys of a scenario."""
