"""One search over everything readable: documents, facets, words and synonyms."""
