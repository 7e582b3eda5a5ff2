"""What `manage.py up` runs: the portal's processes together, in the foreground."""
