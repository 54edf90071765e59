"""Promises are held against a study's results: required figures, and margins around an earlier result."""
