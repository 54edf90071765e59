"""The load falls unevenly on the shards, and some data move when they are laid out anew."""
