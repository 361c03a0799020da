"""One function for each thing a user does, and the ports through which they reach the world."""
