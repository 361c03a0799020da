"""The main job without hands, in a temporary folder: `make demo`. Exit status 0 only if all of it happened."""

import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from httpx import Response

from tools.demonstrate import film
from tools.demonstrate.parts import CommandFailed, Commands, Letterbox, commands, mail_server, service
from tools.demonstrate.people import PageSaysNo, Visitor

PASSWORD = "three words together"  # noqa: S105 - of an instance that is thrown away
PIN = "482915"
DAYS_LATER = 10


class DidNotHappen(Exception):
    """A step of the main job did not do what it is for."""


@dataclass
class Demonstration:
    """The steps, in their order; each says what it did."""

    folder: Path
    run: Commands
    address: str
    box: Letterbox
    people: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    sheet: bytes = b""

    def play(self, first_link: str) -> None:
        """Everything, in order. Raises DidNotHappen, PageSaysNo, CommandFailed."""
        admin = Visitor(self.address)
        admin.sign_in_first(first_link, PASSWORD)
        self.lay_out_the_force(admin)
        officer = self.enrol_people(admin)
        self.register(officer)
        self.photograph(officer)
        self.label(officer)
        self.scan()
        self.look_at_history(officer)
        self.miss_the_deadline()
        self.verify()

    def lay_out_the_force(self, admin: Visitor) -> None:
        """A store with a bay, and its printed label, read back from the PDF."""
        admin.send("/places", {"name": "Ilford transit store", "kind": "store"})
        admin.send("/places", {"name": "bay 2", "kind": "bay", "parent": "1"})
        sheet = admin.send("/places", {"place": "2", "stock": "L7160"}, to="/places/labels")
        (self.codes["bay"],) = film.codes_on(self.printed(admin, sheet))
        told(f"A store, and the label of its bay 2: {self.codes['bay']}")

    def printed(self, by: Visitor, answer: Response) -> bytes:
        """The PDF of the printing whose page this is."""
        job = by.where(answer).partition("?")[0].rpartition("/")[2]
        return by.client.get(f"/labels/{job}/labels.pdf").content

    def enrol_people(self, admin: Visitor) -> Visitor:
        """An officer, a supervisor and store staff; badge and PIN for the one who scans."""
        staff = self._add_person("brightwell", "Owen Brightwell", "Staff", "property_officer", "--store", "1")
        officer = self._add_person("reyes", "Maria Reyes", "PC", "officer", "--number", "4521")
        self._add_person("okafor", "Kofi Okafor", "DS", "supervisor", "--number", "1188")
        staff.send("/account", {"password": PASSWORD, "pin": PIN, "again": PIN}, to="/account/pin")
        number = self.people["brightwell"]
        badge = admin.send(f"/people/{number}", {"stock": "L7160"}, to=f"/people/{number}/badge")
        (self.codes["badge"],) = film.codes_on(self.printed(admin, badge))
        told(f"An officer, a supervisor, and store staff with badge {self.codes['badge']} and a PIN")
        return officer

    def _add_person(self, sign_in_name: str, name: str, rank: str, role: str, *more: str) -> Visitor:
        (added,) = self.run.json(
            *("exhibits", "user", "add", sign_in_name, "--name", name, "--rank", rank, "--role", role),
            *("--email", f"{sign_in_name}@force.test", "--json", *more),
        )
        self.people[sign_in_name] = int(added["person"])
        visitor = Visitor(self.address)
        visitor.sign_in_first(str(added["link"]), PASSWORD)
        return visitor

    def register(self, officer: Visitor) -> None:
        """A case, and two items of one search: a recommended bed sheet and a note."""
        case = {
            "reference": "01CD/0001/26",
            "title": "Unexpected death, Mill Lane",
            "category": "death-investigated",
            "oic": "4521",
            "supervisor": "1188",
            "team": "0",
        }
        answer = officer.send("/cases/new", case)
        self.codes["case"] = re.sub(r"\D", "", officer.where(answer).partition("?")[0])
        search = {
            "seized_at": f"{datetime.now(UTC) - timedelta(hours=3):%d/%m/%Y %H:%M}",
            "found_at": "14 Mill Lane",
            "power": "PACE s.19",
            "seized_by": "4521",
            "producer": "Maria Reyes",
        }
        rows = [("MR/1", "Bed sheet, single, light blue", "DTH-BED"), ("MR/2", "Handwritten note", "DTH-DOC")]
        for number, (reference, description, category) in enumerate(rows):
            row = {
                "reference": reference,
                "description": description,
                "category": category,
                "seal": f"S70010{number}",
                "packaging": "Paper sack",
                "quantity": "1",
            }
            search |= {f"items-{number}-{name}": value for name, value in row.items()}
        answer = officer.send(f"/cases/{self.codes['case']}/register", search)
        self.items = sorted({int(number) for number in re.findall(r"/items/(\d+)", answer.text)})
        must(len(self.items) == 2, f"two items on the register, not {self.items}")
        told("Two items of one search registered: MR/1, a bed sheet, and MR/2, a note")

    def photograph(self, officer: Visitor) -> None:
        """A photograph of the bed sheet; a text file with a picture's name is turned away."""
        page = f"/items/{self.items[0]}"
        officer.send(
            page,
            {"caption": "As found"},
            to=f"{page}/photographs",
            files={"photograph": ("sheet.jpg", film.a_photograph(), "image/jpeg")},
        )
        must("As found" in officer.page(page), "the photograph on the item's page")
        told("A photograph of MR/1 kept by its content")

    def label(self, officer: Visitor) -> None:
        """Labels for both, as a PDF, every one read back from its picture."""
        chosen = {"item": [str(number) for number in self.items], "stock": "thermal-100x50", "start_at": "1"}
        answer = officer.send(f"/labels?item={self.items[0]}", {**chosen, "case": self.codes["case"]}, to="/labels")
        self.sheet = self.printed(officer, answer)
        codes = film.codes_on(self.sheet)
        must(len(codes) == 2, f"two codes on the labels, not {codes}")
        told(f"Two labels printed: {' and '.join(codes)}")

    def scan(self) -> None:
        """The labels before a camera, read from a film by the real client, booked in over HTTP."""
        path = self.folder / "labels.avi"
        film.shoot(film.pages(self.sheet), path)
        token, pin = self.folder / "token", self.folder / "pin"
        pin.write_text(PIN)
        self.run.run("exhibits", "device", "enrol", "Ilford bench 1", "--store", "1", "--token-file", str(token))
        said = self.run.json(
            *("exhibits-scan", "run", "--source", f"video:{path}", "--url", self.address),
            *("--token-file", str(token), "--outbox", str(self.folder / "outbox.db")),
            *("--badge", self.codes["badge"], "--pin-file", str(pin)),
            *("--kind", "BOOK_IN", "--to", self.codes["bay"], "--confirm-at-end", "--json"),
        )
        recorded = [line for line in said if line.get("verdict") == "recorded"]
        must(len(recorded) == 2, f"two items booked in, not {said}")
        for line in recorded:
            told(f"Scanned from a film: {line['sentence']}")

    def look_at_history(self, officer: Visitor) -> None:
        """The custody movement is on the item's page."""
        page = officer.page(f"/items/{self.items[0]}")
        must("booked MR/1 into Ilford transit store, bay 2" in page, "the movement in the item's history")
        told("The history of MR/1 tells it on its page")

    def miss_the_deadline(self) -> None:
        """Ten days on, nobody has decided: the supervisor is told by e-mail."""
        # Before the clock moves: alerts of ten days on are, seen from today, alerts that somebody silenced until then.
        (states,) = self.run.json("exhibits", "rebuild", "--check", "--json")
        must(not states["faults"], f"states equal to the ledger, not {states}")
        later = f"{datetime.now(UTC) + timedelta(days=DAYS_LATER):%Y-%m-%dT%H:%M:%SZ}"
        overdue = self.run.json("exhibits", "overdue", "--as-at", later, "--json")
        must({line["ref"] for line in overdue} == {"MR/1", "MR/2"}, f"both items overdue, not {overdue}")
        self.run.run("exhibits", "alerts", "run", "--as-at", later)
        letters = self.box.to("okafor@force.test")
        must(any("overdue" in one and "MR/1" in one for one in letters), f"an alert to the supervisor, not {letters}")
        must(all("Mill Lane" not in one for one in letters), "no case details in an alert")
        told(
            f"{DAYS_LATER} days later, nobody has decided. The supervisor's letter says: {letters[-1].splitlines()[0]}"
        )

    def verify(self) -> None:
        """The ledger holds."""
        (chains,) = self.run.json("exhibits", "ledger", "verify", "--json")
        must(chains["items"] == 2 and not chains["faults"], f"a sound ledger, not {chains}")
        told(f"The ledger holds: {chains['entries']} entries of {chains['items']} items verified, states equal to them")


def told(sentence: str) -> None:
    """Say what happened."""
    print(f"  done  {sentence}", flush=True)


def must(happened: bool, what: str) -> None:
    """Raise DidNotHappen unless it did."""
    if not happened:
        raise DidNotHappen(f"expected {what}")


def main() -> int:
    """Play it; 0 when all of it happened, else one sentence and 1."""
    try:
        play()
    except (DidNotHappen, PageSaysNo, CommandFailed) as fault:
        print(f"  FAILED  {fault}", file=sys.stderr)
        return 1
    return 0


def play() -> None:
    """The whole job. Raises DidNotHappen, PageSaysNo, CommandFailed."""
    began = time.monotonic()
    print("The main job, end to end, in a temporary folder:", flush=True)
    with tempfile.TemporaryDirectory(prefix="exhibits-demo-") as name, mail_server() as (smtp, box):
        folder = Path(name)
        run = commands(folder, smtp)
        link = re.search(r"/first-sign-in/\S+", run.run("exhibits", "init"))
        must(link is not None, "a one-time sign-in link")
        with service(run, folder / "service.log") as address:
            Demonstration(folder, run, address, box).play(link[0] if link else "")
    print(f"All of it happened, in {time.monotonic() - began:.0f} seconds.")


if __name__ == "__main__":
    sys.exit(main())
