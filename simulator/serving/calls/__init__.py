"""Requests call the database by rules, in rows of calls, in several forms."""
