"""Commands that see the whole portal."""
