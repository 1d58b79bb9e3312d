"""Forms of the library, of partners and of the desk."""
