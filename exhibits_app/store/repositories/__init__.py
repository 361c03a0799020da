"""One class for each collection of the ports, each over one transaction's session."""
