"""Pages about newsletters and subscriptions."""
