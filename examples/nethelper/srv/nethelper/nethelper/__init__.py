"""NetHelper: a subnet calculator and a mirror for HTTP requests."""
