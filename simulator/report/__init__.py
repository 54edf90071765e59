"""The report gives a study to people and programs: summary, tables, results folder."""
