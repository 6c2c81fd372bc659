"""What breaks under load, one scene after the other; see run.py."""

import json
import re
import shutil
import subprocess
import time

from load import ADDRESSES, Load
from net import until
from race import race


def scene(text):
    print(f"scaling: {text}", flush=True)


def three_replicas(world, first):
    """Starts them behind nginx; returns the load on them."""
    for number in (1, 2, 3):
        world.replica(number)
    until("three replicas serve the first snapshot", lambda: world.serving(first))
    world.start_nginx()
    world.remember("first")
    return Load(world.port)


def play(world, seconds):
    world.edit("Iris School")
    first = world.build("--activate")
    load = three_replicas(world, first)
    time.sleep(seconds)
    second = rolled(world, seconds)
    replica_killed(world, seconds, second)
    depot_away(world, seconds, second)
    publishers_killed(world, second)
    damaged(world, seconds, second)
    taken_back(world, first)
    raced(world, seconds, [first, second])
    load.judged(world.known)


def rolled(world, seconds):
    scene("a generation rolls through")
    world.edit("Rose School")
    second = world.build("--activate")
    world.served(second, "second")
    differ = [path for path in ADDRESSES if world.known["first"][path] != world.known["second"][path]]
    assert len(differ) >= 8, f"the generations can be told apart by {differ} alone"
    time.sleep(seconds)
    return second


def replica_killed(world, seconds, second):
    scene("a replica is killed, and comes back")
    world.replicas[2][0].kill()
    time.sleep(seconds)
    world.replica(2)
    until("it serves again", lambda: world.serving(second, (2,)))


def depot_away(world, seconds, second):
    scene("the depot is away, and a replica starts without it")
    world.away()
    until("the replicas say so", lambda: all((world.status(n) or {}).get("fault") for n in (1, 2, 3)))
    world.replicas[3][0].terminate()
    world.replicas[3][0].wait(20)
    world.replica(3)
    until("it serves its own copy", lambda: world.serving(second, (3,)))
    assert world.status(3)["from_cache"], world.status(3)
    time.sleep(seconds)
    world.back()
    until("the replicas reach it again", lambda: nothing_wrong(world))


def publishers_killed(world, second):
    scene("publishers are killed while they write")
    listed = set(re.findall(r"\b\w{64}\b", world.run("list")))
    halves, attempts = 0, 0
    while halves < 3:
        attempts += 1
        assert attempts < 100, "no publisher was caught while it wrote"
        halves += killed(world, attempts)
    for snapshot in set(re.findall(r"\b\w{64}\b", world.run("list"))) - listed:
        world.run("verify", snapshot)
    assert world.serving(second)
    scene(f"{halves} of {attempts} left half a snapshot, which nobody lists")


def killed(world, attempt):
    """A publisher is killed as soon as anything of its snapshot is there; whether it left half of one."""
    program = shutil.copytree(world.program, world.work / f"killed-{attempt}")
    world.edit(f"Killed School {attempt}", program)
    before, quiet = world.names(), {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(world.command("build", "--pages", "none", program=program), env=world.environment, **quiet)
    while child.poll() is None and not world.names() - before:
        pass
    child.kill()
    child.wait()
    return any(not world.has(f"snapshots/{name}/manifest.json") for name in world.names() - before)


def damaged(world, seconds, second):
    scene("a damaged snapshot is refused and named")
    world.edit("Damaged School")
    bad = world.build()
    path = f"snapshots/{bad}/program.bin"
    data = bytearray(world.read(path))
    data[len(data) // 2] ^= 1
    world.write(path, bytes(data))
    world.run("activate", bad, expect=(2,))
    pointer = world.pointer()
    # Somebody who does not ask: CURRENT is moved by hand.
    moved = {**pointer, "snapshot": bad, "sequence": pointer["sequence"] + 1, "earlier": [second, *pointer["earlier"]]}
    world.write("CURRENT", json.dumps(moved).encode())
    until("the replicas say so", lambda: all((s := world.status(n)) and s["wanted"] == bad and s["fault"] for n in (1, 2, 3)))
    time.sleep(seconds)
    assert world.serving(second)


def taken_back(world, first):
    scene("it is taken back, and once more")
    world.run("rollback")
    until("nothing is wrong any more", lambda: nothing_wrong(world))
    begun = time.monotonic()
    world.run("rollback")
    commanded = time.monotonic()
    until("three replicas serve the first snapshot again", lambda: world.serving(first))
    followed = time.monotonic() - commanded
    scene(f"rollback took {commanded - begun:.2f} s, the last replica followed {followed:.2f} s later (it looks every second)")


def raced(world, seconds, snapshots):
    scene("publishers race")
    world.edit("Lily School")
    third = world.build("--activate")
    world.served(third, "third")
    rounds = max(3, int(seconds))
    race(world, snapshots, rounds)
    race(world, [*snapshots, third], rounds)
    served = world.pointer()["snapshot"]
    until("three replicas serve what the last winner activated", lambda: world.serving(served))


def nothing_wrong(world):
    return all((status := world.status(n)) and status["fault"] is None for n in (1, 2, 3))
