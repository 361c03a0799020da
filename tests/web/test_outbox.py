"""Messages that were not sent: what administrators see of them, and having one tried again."""

from exhibits_app.services import alerts
from exhibits_app.services.ports import OutgoingMessage
from tests.support.force import sign_in
from tests.support.pages import fetch
from tests.support.words import words


def test_a_message_that_was_given_up_is_tried_again_and_what_it_says_is_never_shown(force):
    def post(work):
        for number in (1, 2):
            message = OutgoingMessage(0, f"k{number}", f"{number}@force.test", "1 exhibit overdue", "AB/1 is overdue\n")
            work.alerts.tell([], message, force.clock.at)
        work.alerts.failed(1, "550 No such mailbox", None)

    force.services.store.write(post)
    client = force.app().test_client()
    sign_in(client, "administrator")

    page = fetch(client, "/outbox")
    answer = client.post("/outbox/1/again", follow_redirects=True).text

    assert "1@force.test 1 exhibit overdue 10:00 on 4 May 2026 1 550 No such mailbox Try again" in words(page)
    assert "Waiting: 1" in words(page)
    assert "AB/1" not in words(page)
    assert "goes with the next round" in answer
    assert "No message was given up." in answer
    force.services.mailer.active = True
    assert alerts.run(force.services).sent == 2
