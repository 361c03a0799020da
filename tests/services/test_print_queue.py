"""What waits for a printer fails with the printer's own sentence, and is given up when its sender died."""

from dataclasses import replace

from exhibits_app.domain.printing import JobState
from exhibits_app.jobs.printers import FilePrinters
from exhibits_app.services import labels, print_queue, print_steps, printings
from tests.labels.printing import an_lp
from tests.support.force import Force


def test_a_printing_fails_is_sent_again_and_is_not_sent_twice_when_its_sender_dies(
    force: Force, tmp_path, monkeypatch
) -> None:
    file, officer = tmp_path / "printers.toml", force.person("officer")
    file.write_text('[Counter]\nto = "tcp://127.0.0.1:9"\n')
    services = replace(force.services, read_labels_back=False, printers=FilePrinters(file))
    job = labels.print_item_labels(
        services, officer, force.items(force.case()), "thermal-100x50", printer="Counter"
    ).job

    def seen() -> tuple[JobState, str]:
        print_queue.deliver(services)
        view = printings.see(services, officer, job)
        return view.job.state, view.steps[-1].step.says

    failed = seen()
    print_steps.send_again(services, officer, job)
    force.services.store.write(lambda work: work.print_jobs.lease(job, force.clock.at + print_queue.LEASE))
    force.clock.move(hours=1)
    lost = seen()
    file.write_text('[Counter]\nto = "lp:counter"\n')
    monkeypatch.setenv("PATH", str(an_lp(tmp_path)))
    print_steps.send_again(services, officer, job)
    sent = seen()

    assert failed[0] is lost[0] is JobState.FAILED
    assert "127.0.0.1:9" in failed[1]
    assert "may have come out" in lost[1]
    assert sent[0] is JobState.SENT
