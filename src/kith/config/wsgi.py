"""What the server runs. Production settings refuse to start on a demonstration."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
application = get_wsgi_application()

from kith.core.installation import check_fit_for_production  # noqa: E402  models can be read only now

check_fit_for_production()
