"""Settings of the tests: the application's own, without hashed file names."""

import os
import tempfile

os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-tests-"))

from kith.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
