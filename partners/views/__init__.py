"""The pages of the registry: what everybody reads, and what an organisation keeps up to date itself."""
