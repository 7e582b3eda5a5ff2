"""Short names of the items of Regulation Art 20, as lists and facets show them."""

from django.utils.translation import gettext_lazy as _

STATUTORY_ITEM_NAMES = {
    1: _("Rules and normative documents"),
    2: _("Functions, structure and heads"),
    3: _("Plans and programmes"),
    4: _("Statistics"),
    5: _("Administrative licensing"),
    6: _("Penalties and compulsory measures"),
    7: _("Budgets and final accounts"),
    8: _("Administrative fees"),
    9: _("Government procurement"),
    10: _("Major construction projects"),
    11: _("Livelihood policies and measures"),
    12: _("Public emergencies"),
    13: _("Supervision and inspection"),
    14: _("Civil-service recruitment"),
    15: _("Other information required by law"),
}
