"""The views, a blueprint for each thing people do."""

from . import sign_in, start

BLUEPRINTS = (sign_in.bp, start.bp)
