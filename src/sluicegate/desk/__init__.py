"""One function per question; this is the Python API behind every door."""
