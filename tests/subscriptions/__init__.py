"""Tests of newsletters and who gets them."""
