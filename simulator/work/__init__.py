"""People's days go to these: incidents, interviews, mentoring, debt, the plan, features."""
