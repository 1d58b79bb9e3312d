"""What people do with publications: one file per part of the way from draft to archive."""
