"""Talks to the chat: chat_client.py URL TRANSPORT CLIENTS. Prints, for each client, the messages that came back and the
processes that answered, and ends with a status other than 0 if a message was lost or a session was seen by two processes."""

import sys
import threading

import socketio

# One client joins at a time: python-socketio 5.7 makes the set of a namespace's sessions when the first one joins, with no
# lock, so of two that are first at once one may be forgotten, behind any server of threads.
JOINING = threading.Lock()


def talk(url, transport, found, number):
    client = socketio.Client(reconnection=False)
    answers = []
    complete = threading.Event()

    @client.on("said")
    def said(message):
        answers.append(message)
        if len(answers) == 10:
            complete.set()

    with JOINING:
        client.connect(url, transports=transport.split("+"))
    for i in range(10):
        client.emit("say", f"{number}:{i}")
    complete.wait(20)
    found[number] = answers
    client.disconnect()


def main():
    url, transport, clients = sys.argv[1], sys.argv[2], int(sys.argv[3])
    found = {}
    threads = [threading.Thread(target=talk, args=(url, transport, found, i)) for i in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    processes = set()
    sound = len(found) == clients
    for number, answers in sorted(found.items()):
        pids = {answer["pid"] for answer in answers}
        processes |= pids
        texts = sorted(answer["text"] for answer in answers)
        print(number, len(texts), sorted(pids))
        sound = sound and texts == sorted(f"{number}:{i}" for i in range(10)) and len(pids) == 1
    print("processes", len(processes))
    sys.exit(0 if sound else 1)


main()
