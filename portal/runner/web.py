"""What `up` has granian serve: the portal, in workers that end with the server that made them.

A worker left behind by a killed server would go on answering on its port.
"""

import os
import signal

from portal.private_postgres.keeper import end_with
from portal.wsgi import application

__all__ = ["application"]

end_with(os.getppid(), signal.SIGKILL)
