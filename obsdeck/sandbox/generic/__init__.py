"""Services that ask for an account in the ways HTTP and the IVOA know."""
