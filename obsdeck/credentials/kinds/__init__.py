"""One module per way of signing in; `KINDS` finds them by the definition's `signIn.kind`."""
