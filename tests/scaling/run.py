#!/usr/bin/env python3
"""Three replicas behind Debian's nginx over a folder, then over moto's S3 server, under load the whole time: a generation rolls
through, a replica, the store and a publisher are killed, a snapshot is damaged, two publishers race, and all is taken back.
Every answer has to be, byte for byte, that of one of the generations; no request may fail.

    run.py folder|s3 [SECONDS OF LOAD IN EACH SCENE]     3 in a short run, 30 in a long one

Needs nginx, the binary of the tests (with the feature s3 for the store) and, for the store, requirements.txt."""

import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("COVERAGE_MAP_BIN", str(ROOT / "target/debug/coverage-map"))
TOY = ROOT / "tests/data/toy"
KEY, SECRET = "AKIAEXAMPLEKEY0000001", "SECRET-that-must-appear-nowhere"
ADDRESSES = [
    "/api/v1/coverage?zip=01212", "/api/v1/coverage?q=iris+school", "/api/v1/partners/iris-school.json", "/zips/012",
    "/partners/iris-school", "/partners", "/es/zips/012", "/api/v1/zips/012.json", "/fragment/map", "/states/we",
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, holds, patience=60.0):
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


class Way:
    """The way to the store: connections go through, until it is closed."""

    def __init__(self, target):
        self.target, self.port, self.open = target, free_port(), []
        self.listener = None
        self.up()

    def up(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

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


class Load:
    """Clients that ask all the time, and keep every different answer."""

    def __init__(self, port, clients=4):
        self.port, self.count, self.failed, self.bodies, self.ended = port, 0, [], {}, False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(seed,), daemon=True) for seed in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self, seed):
        chosen, connection = random.Random(seed), None
        while not self.ended:
            path = chosen.choice(ADDRESSES)
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
        self.ended = True
        for thread in self.threads:
            thread.join()


class World:
    def __init__(self, kind, work):
        self.kind, self.work = kind, Path(work)
        self.program = self.work / "program"
        shutil.copytree(TOY / "program", self.program)
        self.replicas, self.started, self.known, self.way = {}, [], {}, None
        self.environment = {**os.environ, "COVERAGE_MAP_AS_OF": "2026-11-21"}
        self.place = str(self.work / "depot")
        if kind == "s3":
            self.start_store()

    def start(self, name, *command):
        log = open(self.work / f"{name}.log", "ab")
        child = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment)
        self.started.append(child)
        return child

    def start_store(self):
        port = free_port()
        self.start("store", str(Path(sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(port))
        until("the store answers", lambda: answers(port))
        self.way = Way(port)
        self.environment |= {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.way.port}",
        }
        import boto3
        self.bucket = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
            aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        )
        self.bucket.create_bucket(Bucket="depot")
        self.place = "s3://depot/partner-map"

    # --- the depot ----------------------------------------------------------------------------------------------------

    def read(self, path):
        if self.kind == "s3":
            return self.bucket.get_object(Bucket="depot", Key=f"partner-map/{path}")["Body"].read()
        return Path(self.place, path).read_bytes()

    def write(self, path, data):
        if self.kind == "s3":
            self.bucket.put_object(Bucket="depot", Key=f"partner-map/{path}", Body=data)
        else:
            Path(self.place, path).write_bytes(data)

    def away(self):
        if self.kind == "s3":
            self.way.down()
        else:
            os.rename(self.place, self.place + ".away")

    def back(self):
        if self.kind == "s3":
            self.way.up()
        else:
            os.rename(self.place + ".away", self.place)

    # --- the publisher ------------------------------------------------------------------------------------------------

    def command(self, *verb, program=None):
        return [BINARY, "--geography", str(TOY / "geography"), "--program", str(program or self.program), "--snapshots", self.place, *verb]

    def run(self, *verb, expect=(0,)):
        done = subprocess.run(self.command(*verb), env=self.environment, capture_output=True, text=True, timeout=120)
        with open(self.work / "publisher.log", "a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode not in expect:
            raise SystemExit(f"scaling: {verb} ends with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def edit(self, name, program=None):
        partners = (program or self.program) / "partners.csv"
        partners.write_text(re.sub(r"(iris-school,)[^,]*", rf"\g<1>{name}", partners.read_text()))

    def build(self, *more):
        return re.search(r"snapshot (\w{64})", self.run("build", *more))[1]

    # --- the replicas -------------------------------------------------------------------------------------------------

    def replica(self, number):
        port = self.replicas.get(number, (None, free_port()))[1]
        command = [BINARY, "serve", "--listen", f"127.0.0.1:{port}", "--snapshots", self.place, "--snapshots-poll", "1",
                   "--snapshots-cache", str(self.work / f"cache-{number}"), "--linger", "1", "--requests-per-second", "0"]
        self.replicas[number] = (self.start(f"replica-{number}", *command), port)

    def status(self, number):
        try:
            return json.loads(fetched(self.replicas[number][1], "/status.json")[1])["snapshot"]
        except (OSError, http.client.HTTPException):
            return None

    def serving(self, snapshot, numbers=(1, 2, 3)):
        return all((status := self.status(n)) is not None and status["id"] == snapshot for n in numbers)

    def start_nginx(self):
        text = (ROOT / "docs/scaling.md").read_text()
        block = re.search(r"```nginx\n(.*?)```", text, re.S)[1]
        for number in (1, 2, 3):
            block = block.replace(f"10.0.0.{number}:8080", f"127.0.0.1:{self.replicas[number][1]}")
        self.port = free_port()
        block = block.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        temp = "".join(f"{kind}_temp_path {self.work}/temp-{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = self.work / "nginx.conf"
        config.write_text(
            f"pid {self.work}/nginx.pid; daemon off; error_log {self.work}/nginx.err; events {{}}\n"
            f"http {{ access_log off; {temp}\n{block}}}\n"
        )
        self.environment["PATH"] += ":/usr/sbin"
        self.start("nginx", shutil.which("nginx", path=self.environment["PATH"]), "-c", str(config), "-e", str(self.work / "nginx.err"))
        until("nginx answers", lambda: answers(self.port))

    def remember(self, name):
        """What this generation answers, once all replicas serve it."""
        self.known[name] = {path: fetched(self.port, path)[1] for path in ADDRESSES}

    def stop(self):
        for child in self.started:
            if child.poll() is None:
                child.terminate()
        for child in self.started:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def answers(port):
    try:
        fetched(port, "/", timeout=5)
        return True
    except (OSError, http.client.HTTPException):
        return False


def scene(text):
    print(f"scaling: {text}", flush=True)


def play(world, seconds):
    world.edit("Iris School")
    first = world.build("--activate")
    for number in (1, 2, 3):
        world.replica(number)
    until("three replicas serve the first snapshot", lambda: world.serving(first))
    world.start_nginx()
    world.remember("first")
    load = Load(world.port)
    time.sleep(seconds)

    scene("a generation rolls through")
    world.edit("Rose School")
    second = world.build("--activate")
    until("three replicas serve the second snapshot", lambda: world.serving(second))
    world.remember("second")
    differ = [path for path in ADDRESSES if world.known["first"][path] != world.known["second"][path]]
    assert len(differ) >= 8, f"the generations can be told apart by {differ} alone"
    time.sleep(seconds)

    scene("a replica is killed, and comes back")
    world.replicas[2][0].kill()
    time.sleep(seconds)
    world.replica(2)
    until("it serves again", lambda: world.serving(second, (2,)))

    scene("the depot is away, and a replica starts without it")
    world.away()
    until("the replicas say so", lambda: all((world.status(n) or {}).get("fault") for n in (1, 2, 3)))
    world.replicas[3][0].terminate()
    world.replicas[3][0].wait(20)
    world.replica(3)
    until("it serves its own copy", lambda: world.serving(second, (3,)), 120)
    assert world.status(3)["from_cache"], world.status(3)
    time.sleep(seconds)
    world.back()
    until("the replicas reach it again", lambda: all((s := world.status(n)) and s["fault"] is None for n in (1, 2, 3)), 120)

    scene("publishers are killed while they write")
    listed = set(re.findall(r"\b\w{64}\b", world.run("list")))
    for attempt in range(6):
        program = world.work / f"killed-{attempt}"
        shutil.copytree(world.program, program)
        world.edit(f"Killed School {attempt}", program)
        child = subprocess.Popen(world.command("build", program=program), env=world.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.03 * attempt)
        child.kill()
        child.wait()
    for snapshot in set(re.findall(r"\b\w{64}\b", world.run("list"))) - listed:
        world.run("verify", snapshot)
    assert world.serving(second)

    scene("a damaged snapshot is refused and named")
    world.edit("Damaged School")
    damaged = world.build()
    path = f"snapshots/{damaged}/program.bin"
    data = bytearray(world.read(path))
    data[len(data) // 2] ^= 1
    world.write(path, bytes(data))
    world.run("activate", damaged, expect=(2,))
    pointer = json.loads(world.read("CURRENT"))
    # Somebody who does not ask: CURRENT is moved by hand.
    moved = {**pointer, "snapshot": damaged, "sequence": pointer["sequence"] + 1, "earlier": [second, *pointer["earlier"]]}
    world.write("CURRENT", json.dumps(moved).encode())
    until("the replicas say so", lambda: all((s := world.status(n)) and s["wanted"] == damaged and s["fault"] for n in (1, 2, 3)))
    time.sleep(seconds)
    assert world.serving(second)

    scene("it is taken back, and once more")
    world.run("rollback")
    until("nothing is wrong any more", lambda: all((s := world.status(n)) and s["fault"] is None for n in (1, 2, 3)))
    begun = time.monotonic()
    world.run("rollback")
    commanded = time.monotonic()
    until("three replicas serve the first snapshot again", lambda: world.serving(first))
    print(f"scaling: rollback took {commanded - begun:.2f} s, the last replica followed {time.monotonic() - commanded:.2f} s later (it looks every second)")

    if world.kind == "folder":
        scene("publishers race")
        race(world, first)

    load.end()
    assert load.count > 50, load.count
    assert not load.failed, f"{len(load.failed)} of {load.count} requests failed: {load.failed[:5]}"
    mixed = [path for path, bodies in load.bodies.items() if not bodies <= {known[path] for known in world.known.values()}]
    assert not mixed, f"answers of no generation: {mixed}"
    print(f"scaling: {load.count} requests, none failed; every answer is of one generation")


def race(world, served):
    """Two activate at once, again and again: CURRENT moves once for each that says so."""
    before = json.loads(world.read("CURRENT"))["sequence"]
    won = 0
    for _ in range(5):
        racers = [subprocess.Popen(world.command("activate", served), env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
        for racer in racers:
            said = racer.communicate()[0]
            assert racer.returncode == 0 or (racer.returncode == 2 and "somebody else" in said), said
            won += racer.returncode == 0
    after = json.loads(world.read("CURRENT"))["sequence"]
    assert after - before == won >= 5, (before, after, won)


def silent_about_keys(world):
    for path in world.work.rglob("*"):
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in (KEY, SECRET)) and path.name != "store.log":
            raise SystemExit(f"scaling: {path.name} holds a key")
    for name in ("list", "verify"):
        assert SECRET not in world.run(name)
    if world.kind != "s3":
        return
    wrong = {**world.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
    done = subprocess.run(world.command("list"), env=wrong, capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    assert done.returncode == 2 and "cannot be read" in said and KEY not in said and SECRET not in said, said


def main():
    kind, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    signal.alarm(int(300 + 12 * seconds))
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        world = World(kind, work)
        try:
            play(world, seconds)
            silent_about_keys(world)
        except BaseException:
            for log in sorted(Path(work).glob("*.log")) + sorted(Path(work).glob("*.err")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}", file=sys.stderr)
            raise
        finally:
            world.stop()
    print(f"scaling: passed over a {'store' if kind == 's3' else 'folder'}")


main()
