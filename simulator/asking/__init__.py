"""A dozen answers become a company, its prices and a first plan."""
