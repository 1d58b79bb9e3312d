"""Figures of the network: one function per indicator."""
