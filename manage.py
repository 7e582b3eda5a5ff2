#!/usr/bin/env python
"""The portal's command line: `manage.py help` lists what it can do."""

import os
import sys

from portal.command_line import CommandLine

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
    CommandLine(sys.argv).execute()
