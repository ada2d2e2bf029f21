"""The harness: how hard hypothesis tries, and nothing that reaches outside this machine."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("bench", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("KITH_HYPOTHESIS", "here"))
