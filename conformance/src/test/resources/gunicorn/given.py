"""given.py HOW SOCKET COMMAND...: runs a command with a listening socket as descriptor 3, as systemd would."""

import os
import socket
import sys

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen(16)
with open(sys.argv[2], "w") as file:
    file.write(str(listener.getsockname()[1]))
if listener.fileno() == 3:
    os.set_inheritable(3, True)
else:
    os.dup2(listener.fileno(), 3)
if sys.argv[1] == "listen":
    os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[3], sys.argv[3:])
