"""A window is measured: latency, errors, utilisation, staleness, writes to several shards."""
