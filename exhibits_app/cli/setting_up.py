"""Commands that set the service up: its database, its first administrator, people and devices."""

import click

from ..domain.people import RANKS, Grant, Role, ScopeKind
from ..services import devices, ledger_keeper, people, setup, signin, teams
from .application import Application
from .demonstration import fill
from .options import as_json, print_json, require_initialised, told


@click.command()
@click.option("--demo", is_flag=True, help="Fill it with invented people, cases and exhibits.")
@click.option("--items", type=click.IntRange(1), default=2_000, show_default=True, help="How many invented items.")
@click.pass_obj
def init(application: Application, demo: bool, items: int) -> None:
    """Make the database. Without --demo: one administrator, with a one-time sign-in link printed once."""
    with told():
        _initialise(application, items if demo else 0)


def _initialise(application: Application, invented: int) -> None:
    if application.is_initialised():
        application.migrate()
        click.echo("The database is there already; its tables are at this version.")
        return
    application.migrate()
    if invented:
        application.mark_demonstration()
        services = application.services()
        ledger_keeper.start(services)
        fill(services, invented)
        ledger_keeper.run(services)
        return
    services = application.services()
    ledger_keeper.start(services)
    administrator = setup.first_administrator(services)
    secret = signin.new_link(services, administrator.id)
    click.echo("Made the database and one administrator.")
    click.echo(f"Sign in once, within 24 hours, at: /first-sign-in/{secret}")


@click.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="As it stands in histories.")
@click.option("--rank", type=click.Choice(RANKS), default="Staff", show_default=True)
@click.option("--number", default="", help="Collar or staff number.")
@click.option("--email", default="", help="Where alerts go.")
@click.option("--role", "roles", type=click.Choice([role.value for role in Role]), multiple=True)
@click.option("--store", type=int, help="Scope of the roles: this store's id instead of the whole force.")
@click.option("--team", type=int, help="Scope of the roles: this team's id instead of the whole force.")
@as_json
@click.pass_obj
def add_user(
    application: Application,
    sign_in_name: str,
    name: str,
    rank: str,
    number: str,
    email: str,
    roles: tuple[str, ...],
    store: int | None,
    team: int | None,
    as_json: bool,
) -> None:
    """Add a person and print a one-time link to sign in with."""
    require_initialised(application)
    services = application.services()
    kind = ScopeKind.STORE if store else ScopeKind.TEAM if team else ScopeKind.FORCE
    grants = [Grant(Role(role), kind, store or team) for role in roles]
    with told():
        for wanted in grants:
            people.check_grant(services, wanted)
        operator = setup.operator(services)
        form = people.PersonForm(name, sign_in_name, rank, number, email, team)
        account = people.add_person(services, operator, form)
        for wanted in grants:
            people.grant(services, operator, account.person.id, wanted)
        secret = people.first_link(services, operator, account.person.id)
    if as_json:
        print_json({"person": account.person.id, "link": f"/first-sign-in/{secret}"})
    else:
        click.echo(f"Added {account.person.called}. Sign in once, within 24 hours, at: /first-sign-in/{secret}")


@click.group()
def team() -> None:
    """Teams of officers."""


@team.command("add")
@click.argument("name")
@as_json
@click.pass_obj
def add_team(application: Application, name: str, as_json: bool) -> None:
    """Add a team; cases and rights can be given to it."""
    require_initialised(application)
    services = application.services()
    with told():
        number = teams.add_team(services, setup.operator(services), name)
    if as_json:
        print_json({"team": number, "name": name})
    else:
        click.echo(f"Added {name} as team {number}.")


@click.group()
def device() -> None:
    """Enrolled devices."""


@device.command("enrol")
@click.argument("name")
@click.option("--store", type=int, help="The store where it stands; none for one that roams.")
@click.option(
    "--token-file", type=click.Path(dir_okay=False), help="Write the token here, mode 0600, not to the screen."
)
@as_json
@click.pass_obj
def enrol(application: Application, name: str, store: int | None, token_file: str | None, as_json: bool) -> None:
    """Enrol a device; its token is shown once."""
    require_initialised(application)
    if token_file:
        _try_writing(token_file)
    services = application.services()
    with told():
        enrolled, token = devices.enrol(services, setup.operator(services), name, store)
    if token_file:
        setup.write_secret(token_file, token)
    shown = {} if token_file else {"token": token}
    if as_json:
        print_json({"device": enrolled.id, "name": enrolled.name, **shown})
        return
    click.echo(f"Enrolled {enrolled.name} as device {enrolled.id}.")
    click.echo(f"Its token is in {token_file}." if token_file else f"Its token, shown this once: {token}")


def _try_writing(path: str) -> None:
    """Before a device is enrolled whose token could then not be kept."""
    try:
        setup.write_secret(path, "")
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise click.ClickException(f"{path} cannot be written ({reason}). No device was enrolled.") from fault


@device.command("revoke")
@click.argument("device_id", type=int)
@click.pass_obj
def revoke(application: Application, device_id: int) -> None:
    """Revoke a device; every turn at it is over."""
    require_initialised(application)
    services = application.services()
    with told():
        devices.revoke(services, setup.operator(services), device_id)
    click.echo(f"Device {device_id} is revoked.")
