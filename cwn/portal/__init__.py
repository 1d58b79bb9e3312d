"""Pages about everything: landing page, questions, contact, joining, help and the style guide."""
