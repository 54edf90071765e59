"""The capacity is built of a topology and its stations, with the load offered to each."""
