"""Run as a folder: `python3 .../fairlead_worker zygote`."""

import os
import sys

# The interpreter put this folder itself first; the application shall neither find it nor its files as modules.
FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = FOLDER

if sys.version_info < (3, 9):
    sys.exit("needs Python 3.9 or later, this is " + sys.version.split()[0])


def main():
    role = sys.argv[1] if len(sys.argv) > 1 else ""
    if role == "zygote":
        from fairlead_worker import zygote

        sys.path.remove(FOLDER)
        sys.path.append(FOLDER)
        zygote.main()
    elif role == "check":
        from fairlead_worker import loading, standins

        standins.offer()
        loading.check(sys.argv[2], sys.argv[3], sys.argv[4:])
    elif role == "config":
        from fairlead_worker import config

        sys.path.remove(FOLDER)
        sys.path.append(FOLDER)
        config.main(sys.argv[2:])
    else:
        sys.exit("usage: fairlead_worker zygote | config FILE | check TARGET FOLDER [PATH...]")


main()
