"""Sessions and TAP services of a kernel."""
