"""Users by date: models of their growth, weighed by what they say of dates that they have not seen."""
