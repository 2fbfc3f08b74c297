"""An application that does with its processes what applications do."""

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time


def say(text):
    with open("said", "a") as file:
        file.write(text + "\n")


atexit.register(say, "at exit")


def sleep(seconds):
    try:
        time.sleep(seconds)
    finally:
        say("cleaned up")


def later():
    time.sleep(1)
    say("later")


def fork():
    child = os.fork()
    if child == 0:
        sys.exit(0)
    os.waitpid(child, 0)


def terminated():
    child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    child.start()
    child.terminate()
    child.join()
    return str(child.exitcode)


def ignored():
    text = subprocess.run(["cat", "/proc/self/status"], capture_output=True, text=True, check=True).stdout
    mask = int(text.partition("SigIgn:")[2].split()[0], 16)
    return ",".join(sorted(one.name for one in signal.Signals if mask >> one - 1 & 1 and one < signal.SIGRTMIN))


def inherited():
    listed = subprocess.run(["ls", "/proc/self/fd"], close_fds=False, capture_output=True, text=True, check=True)
    # The last one is that of the listing.
    return ",".join(listed.stdout.split()[:-1])


def mask():
    open("made", "w").close()
    return oct(os.stat("made").st_mode & 0o777)


def app(environ, start_response):
    path = environ["PATH_INFO"]
    text = path
    if path == "/sleep":
        sleep(60)
    elif path == "/thread":
        threading.Thread(target=later).start()
    elif path == "/fork":
        fork()
    elif path == "/terminated":
        text = terminated()
    elif path == "/ignored":
        text = ignored()
    elif path == "/inherited":
        text = inherited()
    elif path == "/mask":
        text = mask()
    elif path == "/call":
        text = f"{os.path.basename(sys.argv[0])} {sys.argv[-1]} {os.environ['SERVER_SOFTWARE'].split('/')[0]}"
    elif path == "/reload":
        os.kill(os.getppid(), signal.SIGHUP)
    elif path == "/pid":
        text = str(os.getpid())
    body = text.encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
