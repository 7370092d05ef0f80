"""Sluicegate: a desk for critical-minerals supply risk, from the news to the number."""
