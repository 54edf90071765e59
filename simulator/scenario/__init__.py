"""A scenario file has keys with bounds, is read and checked, and is resolved with every default."""
