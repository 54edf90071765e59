"""What people's days go to: incidents, interviews, mentoring, debt, the plan, features."""
