"""What a web server loads: `exhibits_app.wsgi:app`."""

from .bootstrap import build_services, create_app
from .settings import Settings

_settings = Settings()
app = create_app(build_services(_settings), _settings)
