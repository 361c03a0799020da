"""Accounts, sessions, devices, cases, places, labels and alerts keep what their ports promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from exhibits_app.domain.cases import Case, CaseCategory
from exhibits_app.domain.errors import CaseReferenceTaken, ChangedMeanwhile, NotFound, SignInNameTaken
from exhibits_app.domain.people import Grant, Role, ScopeKind
from exhibits_app.domain.places import PlaceKind, Suits
from exhibits_app.domain.policy import DEFAULT_RULES, DayCount, Limits, Policy, Rule
from exhibits_app.services.ports import IssuedLabel, OperatorSession, RecordedAct, WebSession
from exhibits_app.store import SqlStore

from .parts import NOON, a_case, an_account

HOUR = timedelta(hours=1)
OFFICER = Grant(Role.OFFICER)
STORE_3 = Grant(Role.PROPERTY_OFFICER, ScopeKind.STORE, 3)


def test_a_sign_in_name_belongs_to_one_person_whatever_its_letters(store: SqlStore):
    store.write(lambda work: an_account(work, sign_in_name="Reyes"))

    with pytest.raises(SignInNameTaken):
        store.write(lambda work: an_account(work, sign_in_name="rEYES"))

    with store.read() as work:
        found = work.accounts.by_name("REYES")
        assert found is not None
        assert found.sign_in_name == "reyes"


def test_people_who_do_not_sign_in_need_no_name(store: SqlStore):
    people = [store.write(lambda work: an_account(work, sign_in_name="")) for _ in range(2)]

    with store.read() as work:
        assert [account.person for account in work.accounts.all()] == people
        assert work.accounts.by_name("") is None


def test_a_grant_taken_back_stays_on_record(store: SqlStore):
    person = store.write(an_account)

    def change(work):
        work.accounts.grant(person.id, OFFICER, 9, NOON)
        work.accounts.grant(person.id, STORE_3, 9, NOON)
        work.accounts.end_grant(person.id, STORE_3, 8, NOON + HOUR)

    store.write(change)

    with store.read() as work:
        assert work.accounts.person(person.id).grants == (OFFICER,)
        assert work.accounts.find(person.id).person == work.accounts.person(person.id)
        assert [account.person.id for account in work.accounts.with_role(Role.OFFICER)] == [person.id]
        assert work.accounts.with_role(Role.PROPERTY_OFFICER) == []
        ended = work.accounts.grants_ever(person.id)[1]
        assert (ended["scope"], ended["granted_by"], ended["ended_by"], ended["ended_at"]) == (3, 9, 8, NOON + HOUR)


def test_people_are_named_by_words_those_with_the_number_first(store: SqlStore):
    for name, number in (("Reyes 77", "177"), ("Okafor", "77"), ("Ö'Reyes", "9")):
        store.write(lambda work, name=name, number=number: an_account(work, name, number=number))
    left = store.write(lambda work: an_account(work, "Reyes", number="78", active=False))

    with store.read() as work:
        named = work.accounts.named
        assert [one.number for one in named(["77"], 10)] == ["77", "177"]
        assert [one.number for one in named(["REY", "1"], 10)] == ["177"]
        assert [one.number for one in named(["rey"], 1)] == ["177"]
        assert named(["%"], 10) == []
        assert [one.id for one in named(["78", "rey"], 10, left=True)] == [left.id]


def test_people_are_found_by_part_of_their_name_or_number(store: SqlStore):
    for name in ("Reyes", "Okafor"):
        store.write(lambda work, name=name: an_account(work, name))

    with store.read() as work:
        assert [account.person.name for account in work.accounts.all("KAF")] == ["Okafor"]
        assert len(work.accounts.all("452")) == 2
        assert work.accounts.all("%") == []
        with pytest.raises(NotFound):
            work.accounts.person(99)


def test_a_one_time_link_is_spent_once_and_in_time(store: SqlStore):
    person = store.write(an_account)
    for key in ("a", "b"):
        store.write(lambda work, key=key: work.accounts.add_link(key, person.id, NOON + HOUR))

    assert store.write(lambda work: work.accounts.spend_link("a", NOON)) == person.id
    assert store.write(lambda work: work.accounts.spend_link("a", NOON)) is None
    assert store.write(lambda work: work.accounts.spend_link("b", NOON + HOUR)) is None


def test_failures_are_counted_in_a_row(store: SqlStore):
    for minute in range(3):
        store.write(lambda work, minute=minute: work.accounts.count_failure("k", NOON + timedelta(minutes=minute)))

    with store.read() as work:
        assert work.accounts.failures("k") == (3, NOON + timedelta(minutes=2))
    store.write(lambda work: work.accounts.forget_failures("k"))
    with store.read() as work:
        assert work.accounts.failures("k") == (0, None)


def test_ending_a_persons_sessions_ends_them_everywhere(store: SqlStore):
    def begin(work):
        person = an_account(work)
        device = work.devices.add("desk", None, "hash", NOON, 1)
        work.accounts.start_session(WebSession("key", person.id, NOON, NOON))
        work.devices.start_turn(OperatorSession("turn", device.id, person.id, NOON, NOON, NOON + HOUR))
        return person, device

    person, device = store.write(begin)
    with store.read() as work:
        assert work.devices.turn_of(device.id, person.id, NOON) is not None
        assert work.devices.turn_of(device.id, person.id, NOON + HOUR) is None

    store.write(lambda work: work.accounts.end_sessions_of(person.id, NOON))

    with store.read() as work:
        session, turn = work.accounts.session("key"), work.devices.turn("turn")
        assert session is not None
        assert turn is not None
        assert session.ended_at == turn.ended_at == NOON
        assert work.devices.turn_of(device.id, person.id, NOON) is None


def _gaps(store: SqlStore) -> list[tuple[int, int]]:
    with store.read() as work:
        return [(gap.first, gap.last) for gap in work.devices.gaps()]


def test_numbers_that_a_device_skips_are_a_gap_until_they_arrive_or_are_written_off(store: SqlStore):
    device = store.write(lambda work: work.devices.add("desk", None, "hash", NOON, 1))
    seen = []
    for seq in (1, 6, 4, 2, 3, 9):
        store.write(lambda work, seq=seq: work.devices.seen(work.devices.find(device.id), NOON, seq, 0))
        seen.append(_gaps(store))

    store.write(lambda work: work.devices.write_off(device.id, NOON, 1, "the handheld was run over"))

    assert seen == [[], [(2, 5)], [(2, 3), (5, 5)], [(3, 3), (5, 5)], [(5, 5)], [(5, 5), (7, 8)]]
    assert _gaps(store) == []


def test_a_device_remembers_its_highest_sequence_and_its_revocation(store: SqlStore):
    device = store.write(lambda work: work.devices.add("desk", None, "hash", NOON, 1))
    for seq in (5, 3):
        store.write(lambda work, seq=seq: work.devices.seen(work.devices.find(device.id), NOON, seq, -120))
    store.write(lambda work: work.devices.revoke(device.id, NOON + HOUR, 1))

    with store.read() as work:
        found = work.devices.by_token("hash")
        assert found == replace(device, last_seen_at=NOON, last_seq=5, clock_offset_ms=-120, revoked_at=NOON + HOUR)
        assert work.devices.all() == [found]
        assert work.devices.by_token("other") is None


def test_a_case_reference_is_taken_whatever_its_letters(store: SqlStore):
    officer = store.write(an_account)
    kept = store.write(lambda work: a_case(work, officer, "AB/1"))

    with pytest.raises(CaseReferenceTaken):
        store.write(lambda work: a_case(work, officer, "ab/1"))

    with store.read() as work:
        assert work.cases.by_reference("aB/1") == kept


def test_a_case_is_seen_by_its_team_and_a_restricted_one_by_those_who_belong(store: SqlStore):
    def make(work):
        oic, member, stranger = (an_account(work, name) for name in ("Reyes", "Okafor", "Khan"))
        team = work.teams.add("CID")
        a_case(work, oic, "OPEN/1", team=team)
        a_case(work, oic, "SHUT/1", team=team, restricted=True, members=frozenset({member.id}))
        granted = a_case(work, oic, "SHUT/2", restricted=True)
        work.accounts.grant(stranger.id, Grant(Role.OFFICER, ScopeKind.CASE, granted.id), 1, NOON)
        return oic.id, member.id, stranger.id, team

    oic, member, stranger, team = store.write(make)
    nobody = 4711

    with store.read() as work:

        def seen(person, teams=(), everything=False, silent=False, text="", after=0, limit=9):
            found = work.cases.visible_to(person, frozenset(teams), everything, silent, text, after, limit)
            return [case.reference for case in found]

        assert seen(oic) == ["SHUT/2", "SHUT/1", "OPEN/1"]
        work.cases.meet([2, 3, 2, 4711])
        assert [work.cases.find(one).reference for one in (3, 2, 1)] == ["SHUT/2", "SHUT/1", "OPEN/1"]
        assert seen(member) == ["SHUT/1"]
        assert seen(stranger) == ["SHUT/2"]
        assert seen(nobody) == []
        assert seen(nobody, [team]) == seen(nobody, everything=True) == ["OPEN/1"]
        assert seen(nobody, everything=True, silent=True) == ["SHUT/2", "SHUT/1", "OPEN/1"]
        assert seen(oic, text="shut", limit=1) == ["SHUT/2"]
        assert seen(oic, text="DEATH", after=3) == ["SHUT/1", "OPEN/1"]
        assert seen(oic, text="open/1 deat") == seen(oic, text="open1") == ["OPEN/1"]
        assert seen(oic, text="eath") == seen(oic, text="%") == []


def test_a_case_keeps_its_particulars_and_members(store: SqlStore):
    officer = store.write(an_account)
    case = store.write(lambda work: a_case(work, officer, members=frozenset({officer.id})))
    changed = Case(case.id, case.reference, "Another", CaseCategory.HOMICIDE, None, officer.ref, None, True)

    store.write(lambda work: work.cases.save(changed))

    with store.read() as work:
        assert work.cases.find(case.id) == changed
        assert work.cases.visible_to(officer.id, frozenset(), True, True, "anoth", 0, 9) == [changed]
        assert work.cases.visible_to(officer.id, frozenset(), True, True, "death", 0, 9) == []
        with pytest.raises(NotFound):
            work.cases.find(case.id + 1)


def test_a_place_is_named_after_its_parent_and_lies_in_its_store(store: SqlStore):
    def make(work):
        top = work.places.add("Ilford transit store", PlaceKind.STORE, None, frozenset())
        bay = work.places.add("bay 2", PlaceKind.BAY, top.id, frozenset())
        shelf = work.places.add("shelf 4", PlaceKind.SHELF, bay.id, frozenset({Suits.COLD, Suits.SAFE}))
        work.places.add("Laboratory", PlaceKind.LAB, None, frozenset())
        return top, shelf

    top, shelf = store.write(make)

    with store.read() as work:
        assert work.places.find(shelf.id) == shelf
        assert (shelf.name, shelf.store) == ("Ilford transit store, bay 2, shelf 4", top.id)
        assert work.places.stores() == [top]
        assert len(work.places.all()) == 4


def test_the_policy_in_force_is_the_latest_that_has_begun(store: SqlStore):
    christmas = frozenset({date(2026, 12, 25)})
    rules = {"UNK": Rule(5, None, 9)}
    first = Policy(0, NOON, rules, Limits(transit_days=3), DayCount.WORKING, christmas, frozenset({4}))

    def make(work):
        given = work.policies.add(first, 1, "first")
        assert given == replace(first, version=1)
        work.policies.add(Policy(0, NOON + HOUR, DEFAULT_RULES), 1, "second")

    store.write(make)

    with store.read() as work:
        assert work.policies.current(NOON - HOUR).version == 0
        assert work.policies.current(NOON) == replace(first, version=1)
        assert work.policies.current(NOON + HOUR).rules == DEFAULT_RULES
        assert [(made.policy.version, made.note) for made in work.policies.all()] == [(2, "second"), (1, "first")]


def test_a_revoked_label_stays_known_and_a_code_is_issued_once(store: SqlStore):
    label = IssuedLabel("E1", "E", 7, "live", NOON)

    store.write(lambda work: work.labels.issue(label))
    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.labels.issue(label))
    with store.read() as work:
        assert work.labels.live_of("E", 7) == label

    store.write(lambda work: work.labels.revoke("E1", NOON + HOUR, "damaged"))

    with store.read() as work:
        revoked = replace(label, state="revoked", revoked_at=NOON + HOUR, revoked_reason="damaged")
        assert work.labels.live_of("E", 7) is None
        assert work.labels.find_all(["E1", "E2"]) == {"E1": revoked}


def test_an_act_is_kept_with_its_answer(store: SqlStore):
    act = RecordedAct("id", "hash", "MOVE", 1, 2, 3, NOON, {"items": [{"sentence": "Überführt"}]})

    store.write(lambda work: work.acts.add(act))

    with store.read() as work:
        assert work.acts.find("id") == act
        assert work.acts.find("other") is None


def test_those_to_choose_from_are_everyone_who_has_not_left(store: SqlStore):
    def fill(work):
        officer, other = an_account(work), an_account(work, "Okafor")
        account = work.accounts.find(other.id)
        work.accounts.save(replace(account, person=replace(account.person, active=False)))
        return officer

    officer = store.write(fill)
    with store.read() as work:
        assert work.accounts.here() == [replace(officer, grants=())]
        assert work.accounts.here(0) == []
