"""How a meeting and those on its list stand, in words."""

from django.utils.translation import gettext_lazy

STATES = {
    "asked": gettext_lazy("Asked for"), "arranged": gettext_lazy("Arranged"), "held": gettext_lazy("Held"), "refused": gettext_lazy("Decided against"),
    "not_held": gettext_lazy("Not held"), "": gettext_lazy("Considered"),
}  # fmt: skip
CAME = {
    "came": gettext_lazy("Came"), "for_part": gettext_lazy("Came for part of it"), "apologies": gettext_lazy("Sent apologies"), "absent": gettext_lazy("Was not there"),
    "otherwise": gettext_lazy("Was heard in another way"),
}  # fmt: skip
