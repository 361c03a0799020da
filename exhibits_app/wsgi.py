"""What a web server loads: `exhibits_app.wsgi:app`."""

from .bootstrap import build_services, create_app
from .jobs.printing import PrintWorker
from .jobs.worker import Worker
from .settings import Settings

_settings = Settings()
_services = build_services(_settings)
app = create_app(_services, _settings)
if _settings.jobs:
    Worker(_services, _settings.alert_seconds, _settings.integrate_seconds).start()
    PrintWorker(_services).start()
