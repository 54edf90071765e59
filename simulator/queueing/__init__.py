"""One station, first come first served, as the physics of all that waits, and the laws it is judged by."""
