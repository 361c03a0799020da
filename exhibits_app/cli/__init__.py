"""The exhibits command: thin wrappers that call services and print."""
