"""Ports, questions, patience, and a way to a server that can be cut."""

import http.client
import socket
import threading
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, holds, patience=120.0):
    """Waits until something holds. What never does ends the test, long after anybody's patience."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.05)
    raise SystemExit(f"scaling: in vain: {what}")


def fetched(port, path, timeout=30):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": "map.example"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def answers(port):
    try:
        fetched(port, "/", timeout=5)
        return True
    except (OSError, http.client.HTTPException):
        return False


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


class Way:
    """The way to the store: connections go through, until it is closed."""

    def __init__(self, target):
        self.target, self.port, self.open = target, free_port(), []
        self.listener = None
        self.up()

    def up(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def listen_at(self, address):
        """The same way, from another address of this machine."""
        listener = socket.create_server((address, self.port))
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def down(self):
        # shutdown wakes the thread that waits in accept; close alone would not.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.open:
            end.close()
        self.open = []

    def accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
                store = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.open += [client, store]
            for one, other in [(client, store), (store, client)]:
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    @staticmethod
    def pump(one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
