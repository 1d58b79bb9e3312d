"""Tests of events and who comes."""
