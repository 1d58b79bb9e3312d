"""Pages of the library, of partners, of the communication desk, and of batches."""
