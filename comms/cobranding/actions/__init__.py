"""What people do with templates, logos and batches."""
