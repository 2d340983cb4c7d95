"""JupyterLab with the sandbox beside it and a notebook open: ``python -m obsdeck.demo``."""
