"""Tests of message templates with the logo of a partner."""
