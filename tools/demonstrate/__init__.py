"""The main job without hands: the parts that `make demo` is made of."""
