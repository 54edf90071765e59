"""The sizing of a company at its medians: the load of each tier, and the actions that would relieve it."""
