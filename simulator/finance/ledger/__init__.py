"""What a week of the infrastructure and of the plan costs, line by line, in euros."""
