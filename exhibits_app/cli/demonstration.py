"""Filling a demonstration with a progress bar, and saying whom to sign in as."""

import click

from ..services import demonstration
from ..services.context import Services
from .options import progress_bar


def fill(services: Services, items: int) -> None:
    """Load the invented data."""
    with progress_bar("Inventing exhibits", items) as progress:
        count = demonstration.fill(services, items, lambda done, _all: progress(done))
    click.echo(f"Made a demonstration with {count:,} invented exhibits.")


def tell_names() -> None:
    """Print whom to sign in as."""
    click.echo("Sign in as:")
    for name, what in demonstration.NAMES:
        click.echo(f"  {name:<12} {what}")
    click.echo(f"The password of each is: {demonstration.PASSWORD}   (PIN at a scanner: {demonstration.PIN})")
