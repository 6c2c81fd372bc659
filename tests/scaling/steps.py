"""docs/scaling.md, step by step, as a newcomer types it: its blocks in one shell, with other ports and the test's own database."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from load import Load
from net import fetched, free_port, until
from scenes import scene
from whole import Database
from world import BINARY, ROOT, World

PAGES = ["/", "/partners", "/api/v1/coverage?state=VT", "/states/vt", "/partners/example-partner"]


class Newcomer(World):
    """A shell in a folder that looks like a checkout, and what the page tells to type."""

    def __init__(self, work):
        super().__init__("folder", work)
        self.place = str(self.work / "snapshots")
        self.database = Database(work)
        self.database.run("sql", "postgres", "DROP DATABASE partners")
        self.ports = {port: free_port() for port in (8080, 8081, 8082, 8083, 9000)}
        self.replicas = {number: (None, self.ports[8080 + number]) for number in (1, 2, 3)}
        tools = self.work / "tools"
        tools.mkdir()
        (tools / "coverage-map").symlink_to(BINARY)
        # The program is built already, and so is the environment of the store.
        (tools / "cargo").symlink_to("/bin/true")
        (self.work / "deploy").symlink_to(ROOT / "deploy")
        (self.work / "store").symlink_to(Path(sys.executable).parents[1])
        self.environment |= {
            "PATH": f"{tools}:{self.environment['PATH']}", "COVERAGE_MAP_PAGES": "none", "PGUSER": "postgres",
            "COVERAGE_MAP_REQUESTS_PER_SECOND": "0",
            "PGHOST": str(self.database.folder / "data"),
        }
        self.blocks = [self.here(block) for block in blocks()]
        self.shell = self.start("shell", "bash", "-euo", "pipefail", stdin=subprocess.PIPE, cwd=self.work, start_new_session=True)
        self.typed = 0

    def here(self, block):
        block = re.sub(r"\b(808\d|9000)\b", lambda port: str(self.ports[int(port[1])]), block)
        socket = str(self.database.folder / "data").replace("/", "%2F")
        block = block.replace("postgres:///partners", f"postgres://postgres@{socket}/partners")
        return block.replace("python3 -m venv store && store/bin/pip install 'moto[server]' boto3\n", "")

    def type(self, words):
        """Types the next block, which has to hold these words, and waits until the shell has done all of it."""
        block = self.blocks[self.typed]
        assert words in block, (words, block)
        self.typed += 1
        scene(f"step {self.typed}: {block.splitlines()[0]}")
        self.shell.stdin.write(f"{block}\ntouch done-{self.typed}\n".encode())
        self.shell.stdin.flush()
        until(f"step {self.typed} is done", lambda: self.is_done())

    def is_done(self):
        assert self.shell.poll() is None, "a command has failed"
        return (self.work / f"done-{self.typed}").exists()

    def partner(self, port):
        try:
            return fetched(port, "/api/v1/coverage?state=VT")[1].decode()
        except OSError:
            return ""

    def all_say(self, name):
        until(f"all say {name}", lambda: all(name in self.partner(port) for _, port in self.replicas.values()))

    def stop(self):
        # The shell and all that it has started.
        os.killpg(self.shell.pid, 15)
        super().stop()
        self.database.run("halt")


def blocks():
    text = (ROOT / "docs/scaling.md").read_text()
    section = re.search(r"## Step by step on one machine\n(.*?)\n## ", text, re.S)[1]
    return re.findall(r"```sh\n(.*?)```", section, re.S)


def play(world, seconds):
    world.type("coverage-map new my-program")
    until("one process answers", lambda: "Example Partner" in world.partner(world.ports[8080]))
    world.type("for port in")
    world.all_say("Example Partner")
    world.start_nginx()
    world.type("coverage-map rollback")
    world.all_say("Example Partner")
    world.type("create_bucket")
    world.type("createdb partners")
    load = Load(world.port, addresses=PAGES)
    world.type('wait "$old"')
    world.all_say("Another Partner")
    world.type("UPDATE coverage_map.partners")
    world.all_say("Partner of a Row")
    time.sleep(seconds)
    assert world.typed == len(world.blocks), "the page has more blocks than this test"
    load.end()
    print(f"scaling: {load.count} requests, none failed", flush=True)
