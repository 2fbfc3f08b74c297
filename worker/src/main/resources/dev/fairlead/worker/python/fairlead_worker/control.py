"""Lines between master and zygote: commands on descriptor 3, reports on descriptor 4."""

import fcntl
import os
import select

COMMANDS = 3
REPORTS = 4
LONGEST_REPORT = 4096
# As it is before a kind of worker replaces it for the application's sake.
_poll = select.poll

_ESCAPES = {"\\": "\\", "t": "\t", "n": "\n"}


def keep():
    """What the application executes does not get the pipes."""
    for descriptor in (COMMANDS, REPORTS):
        os.set_inheritable(descriptor, False)


def tell_by_signal():
    """From now on this process gets SIGIO when there are commands, and when there will be none any more."""
    fcntl.fcntl(COMMANDS, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(COMMANDS, fcntl.F_SETFL, fcntl.fcntl(COMMANDS, fcntl.F_GETFL) | os.O_ASYNC)


def is_hung_up():
    """Whether nobody is there to give commands."""
    poll = _poll()
    poll.register(COMMANDS, 0)
    return bool(poll.poll(0))


def part():
    """In a child of a worker: it has nothing to report."""
    global REPORTS
    os.close(REPORTS)
    REPORTS = -1


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def unescape(text):
    if "\\" not in text:
        return text
    out = []
    characters = iter(text)
    for character in characters:
        out.append(_ESCAPES.get(next(characters, ""), "") if character == "\\" else character)
    return "".join(out)


def report(*fields):
    """Writes one line in one piece: shorter than a pipe's atomic write, so that processes' lines never mix."""
    texts = [str(field) for field in fields]
    line = _line(texts)
    while len(line) > LONGEST_REPORT:
        longest = max(range(len(texts)), key=lambda i: len(texts[i]))
        text = texts[longest]
        keep = len(text) * 2 // 5
        texts[longest] = text[:keep] + "\n...\n" + text[-keep:]
        line = _line(texts)
    try:
        os.write(REPORTS, line)
    except OSError:
        # The master is gone; the end of the commands says so as well.
        pass


def _line(texts):
    return ("\t".join(escape(text) for text in texts) + "\n").encode("utf-8", "backslashreplace")


class Commands:
    """Splits what comes from the master into commands."""

    def __init__(self):
        self._rest = b""

    def read(self):
        """Commands as lists of fields; None at the end. Blocks until there is something."""
        data = os.read(COMMANDS, 65536)
        if not data:
            return None
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        return [[unescape(field) for field in line.decode("utf-8").split("\t")] for line in lines]
