"""A company at its medians: how loaded each tier will be, and what would relieve it."""
