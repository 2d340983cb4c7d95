"""Who may sign in to the sandbox, and what proves it: invented people, real tokens."""
