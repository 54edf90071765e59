"""Two dashboards of a result: that of a week, and the report of a quarter."""
