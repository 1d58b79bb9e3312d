"""Factories: plain, valid rows for tests."""
