"""What people and programs are given of a study: summary, tables, results folder."""
