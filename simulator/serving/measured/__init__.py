"""What is measured of a window: latency, errors, utilisation, staleness, writes to several shards."""
