"""Tests of issues of newsletters, from composing to figures."""
