"""The forms in which the rows are written: terminal, Markdown, HTML and spreadsheet."""
