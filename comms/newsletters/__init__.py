"""The communication desk: issues of newsletters, from composing to figures."""
