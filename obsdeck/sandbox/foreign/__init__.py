"""Another host, on loopback: it writes down everything it is sent, so that leaks show."""
