"""UWS 1.1: jobs that run for a while, whatever it is that they do."""
