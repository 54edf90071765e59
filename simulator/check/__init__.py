"""Promises held against what a study found: required figures, and margins around an earlier result."""
