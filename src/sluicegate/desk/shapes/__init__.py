"""The shapes of the JSON documents, one file a subject. Documents may carry more fields than these."""
