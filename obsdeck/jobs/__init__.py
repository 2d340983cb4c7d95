"""The list of jobs that run at archives: what a page needs to find them again."""
