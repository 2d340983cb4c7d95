"""The half of Quick look that runs in a child process, and opens what strangers wrote."""
