"""The capacity: the topology of the week, its stations, and the load offered to each."""
