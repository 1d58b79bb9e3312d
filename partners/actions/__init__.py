"""What people do in the registry, one module per subject; every write goes through here."""
