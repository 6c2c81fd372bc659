"""Clients that ask all the time, and what has to hold of every answer."""

import http.client
import random
import threading
import time

ADDRESSES = [
    "/api/v1/coverage?zip=01212", "/api/v1/coverage?q=iris+school", "/api/v1/partners/iris-school.json", "/zips/012",
    "/partners/iris-school", "/partners", "/es/zips/012", "/api/v1/zips/012.json", "/fragment/map", "/states/we",
]


class Load:
    """Clients that ask all the time, and keep every different answer."""

    def __init__(self, port, clients=4, addresses=ADDRESSES):
        self.port, self.addresses = port, addresses
        self.count, self.failed, self.bodies, self.ended = 0, [], {}, False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(seed,), daemon=True) for seed in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self, seed):
        chosen, connection = random.Random(seed), None
        while not self.ended:
            path = chosen.choice(self.addresses)
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", path, headers={"Host": "map.example"})
                response = connection.getresponse()
                status, body = response.status, response.read()
                if response.will_close:
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                status, body, connection = repr(error), b"", None
            with self.lock:
                self.count += 1
                if status != 200:
                    self.failed.append(f"{path}: {status}")
                self.bodies.setdefault(path, set()).add(body)
            time.sleep(0.005)

    def end(self):
        """Ends; no request may have failed."""
        self.ended = True
        for thread in self.threads:
            thread.join()
        assert self.count > 50, self.count
        assert not self.failed, f"{len(self.failed)} of {self.count} requests failed: {self.failed[:5]}"

    def judged(self, known):
        """Ends; every answer has to be that of one of the generations that are known."""
        self.end()
        mixed = [path for path, bodies in self.bodies.items() if not bodies <= {each[path] for each in known.values()}]
        assert not mixed, f"answers of no generation: {mixed}"
        print(f"scaling: {self.count} requests, none failed; every answer is of one of {len(known)} generations", flush=True)
