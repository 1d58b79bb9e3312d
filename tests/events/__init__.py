"""Events and who comes."""
