"""moto's server, for as long as standard input is open: a parent that dies, however it dies, takes it along."""

import os
import sys
import threading

sys.dont_write_bytecode = True  # beside this file, in the repository

from moto import server
from moto_patches import patch_all


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
patch_all()
server.main(sys.argv[1:])
