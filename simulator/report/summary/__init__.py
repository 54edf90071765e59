"""The summary of a study, part by part."""
