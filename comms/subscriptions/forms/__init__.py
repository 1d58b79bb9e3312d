"""Forms about newsletters and subscriptions."""
