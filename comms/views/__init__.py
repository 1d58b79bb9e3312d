"""Pages about publications: what readers see, take along and say back; the desk of writers has its own folder."""
