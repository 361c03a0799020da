"""What happens to each invented case: found, registered, labelled, booked in, moved, examined or forgotten."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ...domain.custody import BY_TWO, COUNTED, needs_place
from ...domain.decisions import Choice
from ...domain.errors import CustodyRefusal, DecisionRefusal, NotFound
from ...domain.laboratory import Report
from ...domain.people import Person
from ...domain.places import Place
from .. import acts, cases, deciding, labels, register, results
from ..act_shapes import Act, ScannedItem
from .words import IN_HOUSE_REPORTS, MIX, REPORTS, STREETS, THINGS, TITLES

if TYPE_CHECKING:
    from .fill import Play


class Story:
    """Plans every case; each step plans the ones that follow from it."""

    def __init__(self, play: "Play", items: int) -> None:
        self.play = play
        self.wanted = items
        self.registered = 0
        self._seal = 700_000
        self._case = 0
        self._submission = 0

    def plan(self, start: datetime, end: datetime) -> None:
        """Spread the cases over the time, most of them by day."""
        chance = self.play.chance
        sizes = [chance.choice((4, 6, 8, 9, 10, 11, 12, 14, 16)) for _ in range(max(1, self.wanted // 10))]
        while (over := sum(sizes) - self.wanted) != 0:
            seat = chance.randrange(len(sizes))
            sizes[seat] = max(1, sizes[seat] - (1 if over > 0 else -1))
        span = (end - start - timedelta(hours=6)).total_seconds()
        for number, size in enumerate(sizes):
            moment = start + timedelta(seconds=span * (number + chance.random()) / len(sizes))
            self.play.at(moment, partial(self._open, size))

    def _open(self, size: int) -> None:
        chance, cast = self.play.chance, self.play.cast
        kind = chance.choices([name for name, _ in MIX], [parts for _, parts in MIX])[0]
        officer = chance.choice(cast.officers)
        team = officer.team or cast.teams[0]
        seat = cast.teams.index(team)
        self._case += 1
        found_at = f"{chance.randrange(1, 180)} {chance.choice(STREETS)}"
        restricted = kind == "homicide" and chance.random() < 0.5
        form = cases.CaseForm(
            reference=f"{seat + 1:02}CD/{self._case:04}/26",
            title=f"{TITLES[kind]}, {found_at}",
            category=kind,
            oic=officer.id,
            supervisor=(cast.inspectors if restricted else cast.supervisors)[seat].id,
            team=team,
            restricted=restricted,
        )
        case = cases.open_case(self.play.services, officer, form)
        numbers = self._register(officer, case.id, kind, found_at, size)
        store = cast.stores[chance.choices((0, 1, 2), (45, 35, 20))[0]]
        self.play.at(self._later(hours=(1, 5)), partial(self._label, officer, numbers, store))

    def _register(self, officer: Person, case: int, kind: str, found_at: str, size: int) -> list[tuple[int, str]]:
        chance = self.play.chance
        things = THINGS["death" if kind in {"homicide"} or kind.startswith("death") else kind]
        search = register.SearchForm(
            seized_at=self.play.clock.at - timedelta(minutes=chance.randrange(20, 240)),
            seized_by=officer.id,
            producer=officer.id,
            power=chance.choice(("PACE s.19", "PACE s.8 warrant", "PACE s.32", "Voluntarily given")),
            found_at=found_at,
        )
        first = register.suggest_reference(self.play.services, officer, case, officer.id)
        stem = first.rpartition("/")[0]
        forms = []
        for number in range(1, size + 1):
            category, description, packaging, hazards = chance.choice(things)
            self._seal += 1
            seal = f"S{self._seal}" if packaging != "None" else ""
            forms.append(register.ItemForm(f"{stem}/{number}", description, category, hazards, packaging, seal))
        done = register.register(self.play.services, officer, case, search, forms)
        self.registered += len(done)
        return [(one.register_no, form.category) for one, form in zip(done, forms, strict=True)]

    def _label(self, officer: Person, numbers: list[tuple[int, str]], store: Place) -> None:
        """Now and then nobody prints a label at all: that is what inspectors found."""
        if self.play.chance.random() < 0.02:
            return
        printed = labels.print_item_labels(self.play.services, officer, [number for number, _ in numbers], "L7160")
        items = [(number, category, code) for (number, category), code in zip(numbers, printed.codes, strict=True)]
        self.play.at(self._later(hours=(1, 30)), partial(self._book_in, items, store))

    def _book_in(self, items: list[tuple[int, str, str]], store: Place) -> None:
        by_place: dict[int, list[tuple[int, str, str]]] = {}
        for item in items:
            by_place.setdefault(self._place_for(item[1], store).id, []).append(item)
        for place, there in by_place.items():
            self._act("BOOK_IN", store, there, to=self.play.cast.codes[place], **self._by_two(store, there))
        for item in items:
            self._plan_item(item, store)

    def _by_two(self, store: Place, items: list[tuple[int, str, str]]) -> dict[str, str]:
        """What booking in cash, drugs and firearms needs besides: a witness, and who made it safe."""
        categories = {category for _, category, _ in items}
        if not categories & set(BY_TWO):
            return {}
        operator, witness = (self.play.turn_of(store.id, one.id) for one in self.play.cast.staff[store.id][:2])
        return {"operator": operator, "witness": witness, "made_safe_by": "Armed response, PC 2207"}

    def _plan_item(self, item: tuple[int, str, str], store: Place) -> None:
        """What becomes of the item: most are decided in time, some late, and some by nobody at all."""
        chance = self.play.chance
        roll = chance.random()
        if roll < 0.30:
            self.play.at(self._later(hours=(6, 60)), partial(self._decide, item, store, "SUBMIT"))
        elif roll < 0.62:
            self.play.at(self._later(hours=(10, 140)), partial(self._decide, item, store, "NOT_REQUIRED"))
        elif roll < 0.68:
            self.play.at(self._later(hours=(24, 200)), partial(self._decide, item, store, "EXAMINE_IN_HOUSE"))
        elif roll < 0.84:
            self.play.at(self._later(hours=(200, 900)), partial(self._decide, item, store, "NOT_REQUIRED"))
        if chance.random() < 0.35:
            self.play.at(self._later(hours=(30, 800)), partial(self._move, item, store))
        if chance.random() < 0.12:
            self.play.at(self._later(hours=(40, 600)), partial(self._view, item, store))
        if chance.random() < 0.5:
            self.play.at(self._later(hours=(300, 1500)), partial(self._act, "SIGHTING", store, [item]))

    def _decide(self, item: tuple[int, str, str], store: Place, decision: str) -> None:
        cast, chance = self.play.cast, self.play.chance
        services = self.play.services
        with services.store.read() as work:
            exhibit = work.items.find(item[0]).exhibit
            case = work.cases.find(exhibit.case.id)
        seat = cast.teams.index(case.team) if case.team in cast.teams else 0
        by = cast.inspectors[seat]
        reason = chance.choices(
            ("other-evidence", "identity-not-disputed", "no-evidential-value", "cost"), (4, 3, 2, 1)
        )
        choice = (
            Choice(decision)
            if decision == "SUBMIT"
            else Choice(
                decision,
                "examined-in-house" if decision == "EXAMINE_IN_HOUSE" else reason[0],
                "Reviewed with the officer in the case; the point it could prove is not in dispute.",
                "Officer in the case",
                "The case is raised or a new suspect is named.",
            )
        )
        try:
            deciding.decide(services, by, item[0], choice)
        except DecisionRefusal:
            return
        if decision == "EXAMINE_IN_HOUSE" and item[0] % 4:
            examined = self.play.clock.at + timedelta(days=3 + item[0] % 14)
            self.play.at(examined, partial(self._report, item, None, item[0] % 10))
        if decision == "SUBMIT" and chance.random() < 0.85:
            self.play.at(self._later(hours=(6, 90)), partial(self._submit, item, store))

    def _submit(self, item: tuple[int, str, str], store: Place) -> None:
        cast = self.play.cast
        self._submission += 1
        lab = cast.labs[1] if item[1] in {"TOX-D", "RTA"} else cast.labs[0]
        self._act(
            "SUBMIT",
            store,
            [item],
            to=cast.codes[lab.id],
            submission=f"FS/{self._submission:05}",
            authority="Forensic submissions unit",
        )
        self._examined(item, store, lab)
        if self.play.chance.random() < 0.5:
            place = self._place_for(item[1], store)
            back = self._later(hours=(200, 700))
            self.play.at(back, partial(self._act, "LAB_RETURN", store, [item], to=cast.codes[place.id]))

    def _examined(self, item: tuple[int, str, str], store: Place, lab: Place) -> None:
        """Of ten that were sent the laboratory confirms eight, and reports on six after a week or two."""
        play, turn = self.play, self._submission % 10
        if turn in {3, 7}:
            return
        confirmed = play.clock.at + timedelta(hours=20 + turn)
        number = f"{lab.name[0]}{self._submission:05}"
        play.at(confirmed, partial(self._act, "LAB_RECEIPT", store, [item], to=play.cast.codes[lab.id], number=number))
        if turn not in {0, 5}:
            play.at(confirmed + timedelta(days=6 + turn), partial(self._report, item, lab, turn))

    def _report(self, item: tuple[int, str, str], lab: Place | None, turn: int) -> None:
        """A laboratory's report, or that of the force's own unit; one in four of those is never written."""
        said = REPORTS if lab else IN_HOUSE_REPORTS
        outcome, note = said[item[0] % len(said)]
        play, number = self.play, f"{lab.name[0] if lab else 'E'}/{item[0]}/{turn}"
        examiner = "" if lab else "Fingerprint enhancement unit"
        told = results.Told(Report(outcome, number, play.clock.at, note, examiner), lab.id if lab else None)
        try:
            results.record_result(play.services, play.cast.submissions[0], item[0], told)
        except (CustodyRefusal, NotFound):
            return

    def _move(self, item: tuple[int, str, str], store: Place) -> None:
        place = self._place_for(item[1], store)
        self._act("MOVE", store, [item], to=self.play.cast.codes[place.id])

    def _view(self, item: tuple[int, str, str], store: Place) -> None:
        officer = self.play.chance.choice(self.play.cast.officers)
        self._act(
            "SIGN_OUT",
            store,
            [item],
            receiver=self.play.turn_of(store.id, officer.id),
            purpose=self.play.chance.choice(("interview", "viewing with the CPS", "imaging", "court")),
            due_back=self._later(hours=(48, 120)),
        )
        if self.play.chance.random() < 0.85:
            place = self._place_for(item[1], store)
            back = self._later(hours=(4, 100))
            self.play.at(back, partial(self._act, "SIGN_IN", store, [item], to=self.play.cast.codes[place.id]))

    def _act(
        self,
        kind: str,
        store: Place,
        items: list[tuple[int, str, str]],
        number: str | None = None,
        **particulars: object,
    ) -> None:
        """Scan the items at the store's bench. What the state does not allow is refused, as in life."""
        play = self.play
        ids, now, device = play.services.ids, play.clock.at, play.cast.devices[store.id]
        scanned = tuple(
            ScannedItem(
                ids.event_id(),
                code,
                counted="as the bag says, counted twice" if category in COUNTED else None,
                number=number,
            )
            for _, category, code in items
        )
        act_id = ids.event_id()
        act = Act(
            act_id,
            kind,
            play.sequence(device.id),
            now,
            scanned,
            {"id": act_id},
            **{"operator": play.turn(store.id), **particulars},  # type: ignore[arg-type]  # the particulars of the act's kind, by name
        )
        acts.perform(play.services, device, [act])

    def _place_for(self, category: str, store: Place) -> Place:
        places = self.play.cast.places[store.id]
        needed = needs_place(category)
        fit = [place for place in places if needed in place.suits] if needed else [p for p in places if not p.suits]
        return self.play.chance.choice(fit)

    def _later(self, hours: tuple[int, int]) -> datetime:
        seconds = self.play.chance.uniform(hours[0] * 3600, hours[1] * 3600)
        return self.play.clock.at + timedelta(seconds=seconds)
