"""From the collected rows to the tidy tables of the world dataset: figures and their sources."""
