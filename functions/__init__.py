"""The five functions of the network."""
