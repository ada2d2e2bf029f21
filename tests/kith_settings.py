"""Settings of the tests: the application's own, on a database that is thrown away, without hashed file names.

`script/test` runs the tests on SQLite, then those that touch a database on PostgreSQL, whose socket lies in KITH_TEST_CLUSTER.
"""

import atexit
import os
import shutil
import tempfile

if "KITH_HOME" not in os.environ:
    os.environ["KITH_HOME"] = tempfile.mkdtemp(prefix="kith-tests-")
    atexit.register(shutil.rmtree, os.environ["KITH_HOME"], ignore_errors=True)

# The browser's driver keeps a loop of its own in the process, and leaves it there for the tests that follow.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Each test process has a database of its own, and any process that a test starts finds the same one.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_cluster = os.environ.get("KITH_TEST_CLUSTER", "")
os.environ["DATABASE_URL"] = (
    f"postgres://kith_app@/{_cluster}/kith_{_worker}"
    if _cluster
    else f"sqlite:///{os.environ['KITH_HOME']}/{_worker}.sqlite3"
)

from kith.config.settings import *  # noqa: E402, F403
from kith.config.settings import DATABASES, STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)

if not _cluster:
    # Nothing here must outlast a power cut; the tests that kill a process use the application's own settings.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
