"""The rows and sentences that readers are given, whatever they are written in."""
