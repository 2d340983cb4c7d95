"""The download queue on the server's disk: what is asked for arrives whole, or says why not."""
