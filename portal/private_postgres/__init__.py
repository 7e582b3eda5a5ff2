"""A PostgreSQL of one's own, for a machine that has no database server.

Django's engine `portal.private_postgres` starts it at the first connection of any process
and stops it when the last process that used it is gone, however that one ended:

    a process that uses it     holds a shared lock on `users` for as long as it lives
    keeper.py, one per folder  holds `keeper.lock`, runs the server, and waits for the
                               moment when it can have `users` for itself

Locks die with their holders, even by kill -9, so there is nothing to clean up after a crash.
"""
