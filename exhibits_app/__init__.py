"""The exhibit tracking service: what is seized, where it is, who answers for it, and what nobody has decided."""
