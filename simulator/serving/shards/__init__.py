"""How unevenly the load falls on the shards, and which data move when they are laid out anew."""
