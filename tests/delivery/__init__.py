"""Tests of the outbox and the clock."""
