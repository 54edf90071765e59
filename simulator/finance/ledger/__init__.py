"""A week of the infrastructure and of the plan is billed line by line, in euros."""
