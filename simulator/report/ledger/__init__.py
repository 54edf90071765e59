"""The ledger of a study: every euro as a quantity at a price, traced and in the columns of FOCUS."""
