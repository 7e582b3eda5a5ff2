"""For a follower in a process of its own, reading the table `shelf`."""

from portal.settings.test import *  # noqa: F403

SEARCH_SOURCES = ["tests.search.shelf.shelf"]
