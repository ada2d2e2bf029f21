"""What the server runs. Production settings refuse to start on a demonstration."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
application = get_wsgi_application()

from kith.core.installation import check_fit_for_production  # noqa: E402  models can be read only now

check_fit_for_production()

# What was imported stands for as long as the process: it is not gone through again at every collection, which would stop a page for
# a tenth of a second; and what a page makes is gone through less often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
