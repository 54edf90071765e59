"""How many users there are, what they ask for, and who of them meets errors."""
