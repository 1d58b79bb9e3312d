"""Pages of newsletters: the desk, the sending and the archive."""
