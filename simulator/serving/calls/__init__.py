"""How requests call the database: rules, the rows that they make, and the forms that they take."""
