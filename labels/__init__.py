"""Labels: what a code is, the symbols that carry it, and the sheets they are printed on."""
