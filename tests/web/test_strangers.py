"""Somebody else's: with the right roles for another team and store, nothing that has a number is theirs."""

from typing import Any

from exhibits_app.domain.people import Grant, Person, Role, ScopeKind
from exhibits_app.services.ports import Account, Work
from tests.support.force import PASSWORD, QUICK_HASHER, START, Force, sign_in

from .access_table import TABLE
from .addresses import address
from .test_access import laid_out, shut_out

# An alarm is about no case and no store: the force has one list of them.
OF_THE_FORCE = {"act_alarms.close"}
# These lead on to the page of the case, which is not there for a stranger.
LEADS_ON = {"record.many", "record.keep_many"}
ASKED = {name for name, who in TABLE.items() if isinstance(who, set)} - OF_THE_FORCE


def test_what_has_a_number_is_not_for_the_same_roles_elsewhere(force: Force) -> None:
    laid_out(force)
    force.services.store.write(lambda work: _a_stranger(work, force.far_store.id))
    app = force.app()
    client = app.test_client()
    sign_in(client, "stranger")
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments and rule.endpoint in ASKED]

    admitted = {rule.endpoint for rule in rules if not shut_out(_asked(client, address(app, force, rule), rule))}

    assert len(rules) > 90
    assert admitted == set()


def _a_stranger(work: Work, store: int) -> None:
    team = work.teams.add("CID Romford")
    person = Person(0, "Stranger", "DI", "77", team)
    account = Account(person, "stranger", "stranger@force.test", QUICK_HASHER.hash(PASSWORD), "")
    kept = work.accounts.add(account).person
    for role in (Role.OFFICER, Role.EXHIBITS_OFFICER, Role.SUPERVISOR):
        work.accounts.grant(kept.id, Grant(role, ScopeKind.TEAM, team), kept.id, START)
    work.accounts.grant(kept.id, Grant(Role.PROPERTY_OFFICER, ScopeKind.STORE, store), kept.id, START)


def _asked(client: Any, where: str, rule: Any) -> Any:
    """The answer to a request without a body."""
    answer = client.open(where, method=next(iter(rule.methods - {"HEAD", "OPTIONS"})), buffered=True)
    leads_on = rule.endpoint in LEADS_ON and answer.status_code == 302
    return client.get(answer.location) if leads_on else answer
