"""Erasing values on authority at the command line, and erasing again what a restored backup brought back."""

import click

from ..domain.people import Action
from ..services import ledger_erasure, ledger_keeper, ledger_values, signin
from ..services.ledger_erasure import Wanted
from .application import Application
from .options import as_json, print_json, require_initialised, told


@click.command()
@click.argument("register_no", type=int)
@click.option("--entry", "entry", type=int, help="Only of this entry of the item's chain, from 0.")
@click.option("--value", "names", multiple=True, required=True, help="A value's name, like seize.found_by; repeatable.")
@click.option("--authority", required=True, help="Like the court and the date of its order.")
@click.option("--reason", required=True, help="Why. It stands in the history for ever: do not repeat what is erased.")
@click.option("--by", required=True, help="Sign-in name of who erases; the password is asked for.")
@click.option("--authorised-by", required=True, help="Sign-in name of the second person; the password is asked for.")
@as_json
@click.pass_obj
def erase(
    application: Application,
    register_no: int,
    entry: int | None,
    names: tuple[str, ...],
    authority: str,
    reason: str,
    by: str,
    authorised_by: str,
    as_json: bool,
) -> None:
    """Erase values of an item for ever, on authority, by two people who each give their password."""
    require_initialised(application)
    services = application.services()
    with told():
        ledger_keeper.start(services)
        actor = signin.second_person(services, by, _password(by))
        second = signin.second_person(services, authorised_by, _password(authorised_by))
        events = ledger_values.see(services, actor, register_no, Action.ERASE).events
        values = [value for event in events if entry in {None, event.seq} for value in event.values]
        if missing := sorted(set(names) - {value.name for value in values}):
            raise click.ClickException(f"No value there is called {missing[0]}.")
        digests = [value.digest for value in values if value.name in names]
        count = ledger_erasure.erase(services, actor, second, register_no, Wanted(digests, authority, reason))
    if as_json:
        print_json({"register_no": register_no, "erased": count, "digests": digests})
    else:
        click.echo(f"Erased {count} of the values of item {register_no}. The ledger says by whose authority.")


@click.command("replay-erasures")
@as_json
@click.pass_obj
def replay_erasures(application: Application, as_json: bool) -> None:
    """Erase again what was erased before and came back with a restored backup. Every start does this too."""
    require_initialised(application)
    with told():
        count = ledger_erasure.replay(application.services())
    if as_json:
        print_json({"erased": count})
    else:
        click.echo(f"{count} values had come back and are erased again." if count else "Nothing had come back.")


def _password(name: str) -> str:
    given: str = click.prompt(f"Password of {name}", hide_input=True, err=True)
    return given
