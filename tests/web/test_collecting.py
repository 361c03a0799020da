"""What was loaded at the start of a server is left alone by later collections."""

import gc

from exhibits_app import collecting


def test_what_was_loaded_is_not_looked_through_again():
    before = gc.get_threshold()
    try:
        collecting.settle()

        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
