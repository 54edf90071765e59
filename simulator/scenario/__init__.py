"""What a scenario file may say, how it is read, and what it says once everything is filled in."""
