"""What a plan's own numbers say when they are set beside each other, before anything is simulated."""
