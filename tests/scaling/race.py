"""Publishers that activate at the same moment: one wins, the others are told."""

import fcntl
import os
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from net import until


def race(world, snapshots, rounds):
    """As many publishers as there are snapshots, each with its own, again and again. In each round all of them have read the same
    CURRENT and wait to move it before any may: one wins, and CURRENT says and counts what it did."""
    for number in range(rounds):
        before = world.pointer()
        with starting_line(world, len(snapshots)):
            racers = [(snapshot, started(world, snapshot)) for snapshot in snapshots]
        said = [(snapshot, racer.communicate(timeout=120)[0], racer.returncode) for snapshot, racer in racers]
        won = [snapshot for snapshot, _, code in said if code == 0]
        assert len(won) == 1, f"round {number}: {len(won)} of {len(said)} won: {said}"
        for _, text, code in said:
            assert code == 0 or (code == 2 and "somebody else has activated a snapshot meanwhile" in text), (code, text)
        after = world.pointer()
        assert (after["snapshot"], after["sequence"]) == (won[0], before["sequence"] + 1), (won, before, after)
    print(f"scaling: {rounds} races of {len(snapshots)} publishers: one won each time, the others were told", flush=True)


def started(world, snapshot):
    command = world.command("activate", snapshot)
    return subprocess.Popen(command, env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def starting_line(world, racers):
    """Whoever is started within stands at the line together with the others when it ends, and is let go."""
    if world.kind == "folder":
        with open(Path(world.place, "CURRENT.lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
            until("all publishers wait for the lock", lambda: waiting(lock) == racers)
    else:
        draw(world, racers)
        yield


def draw(world, racers):
    line = f"http://127.0.0.1:{world.store_port}/-/line?{racers}"
    urllib.request.urlopen(urllib.request.Request(line, method="PUT"), timeout=60).close()


def waiting(lock):
    """How many wait for a lock: the system lists them behind it, with an arrow."""
    inode = f":{os.fstat(lock.fileno()).st_ino} "
    return sum("->" in line and inode in line for line in Path("/proc/locks").read_text().splitlines())
