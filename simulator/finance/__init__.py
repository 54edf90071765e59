"""Money: the weekly ledger, revenue, present values and unit costs."""
