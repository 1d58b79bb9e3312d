"""The reference data of planning, one module per subject."""
