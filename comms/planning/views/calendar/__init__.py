"""Pages of the content calendar."""
