"""How days and moments are written, for templates."""

from django import template

from deadlines import dates_in_words

register = template.Library()

for name in ("long_date", "short_date", "iso_day", "list_date", "minute"):
    register.filter(name, getattr(dates_in_words, name))
