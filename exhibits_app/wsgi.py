"""What a web server loads: `exhibits_app.wsgi:app`."""

from . import (  # In this order: the log's library is loaded lean.
    collecting,
    lean,  # noqa: F401
    logs,
)
from .bootstrap import build_services, create_app
from .jobs.in_turn import begin_in_turn
from .jobs.printing import print_worker
from .jobs.worker import jobs_worker
from .settings import Settings

_settings = Settings()
logs.configure(_settings.log_format, _settings.log_level)
_services = build_services(_settings)
app = create_app(_services, _settings)


def _begin_jobs() -> None:
    jobs_worker(_services, _settings.alert_seconds, _settings.integrate_seconds).start()
    print_worker(_services).start()


if _settings.jobs:
    begin_in_turn(_settings.jobs_lock, _begin_jobs)
collecting.settle()
