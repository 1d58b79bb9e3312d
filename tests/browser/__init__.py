"""Tests in a real browser; skipped, with the reason, where there is no Chromium."""
