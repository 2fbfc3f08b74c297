"""Starts one NetHelper instance on 127.0.0.1, port SERVER_PORT (8000 if unset)."""

import os

from nethelper.server import run

if __name__ == "__main__":
    run(int(os.environ.get("SERVER_PORT", "8000")))
