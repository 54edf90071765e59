"""What is built and how much of it there is: topology, stations, and the load offered to each."""
