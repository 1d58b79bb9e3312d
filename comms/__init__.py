"""Everything that is said in and about the network."""
