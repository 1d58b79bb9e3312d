"""The communication desk: newsletters and who gets them."""
