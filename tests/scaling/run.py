#!/usr/bin/env python3
"""Three replicas behind Debian's nginx over a folder, or over moto's S3 server, under load the whole time: a generation rolls
through, a replica, the store and a publisher are killed, a snapshot is damaged, all is taken back, and publishers race.
Every answer has to be, byte for byte, that of one of the generations; no request may fail.

    run.py folder|s3|tls|database|steps [SECONDS OF LOAD IN EACH SCENE]     3 in a short run, 30 in a long one

tls is a store with a certificate of an authority of its own; database is a store, too, and a program in PostgreSQL with PostGIS;
steps are the blocks of docs/scaling.md that lead a newcomer there.

Needs nginx, the binary of the tests and, for a store, requirements.txt and openssl; for the database what tests/postgis needs."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import scenes
import secure
import steps
import whole
from net import free_port
from world import KEY, SECRET, World

PLAYS = {"folder": scenes.play, "s3": scenes.play, "tls": secure.play, "database": whole.play, "steps": steps.play}
WORLDS = {"database": whole.Whole, "steps": steps.Newcomer}


def silent_about_keys(world):
    # The store's own log is moto's; the database knows nothing of the store, and its files come and go.
    ours = [path for path in world.work.rglob("*") if "postgres" not in path.parts and path.name != "store.log"]
    for path in ours:
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in (KEY, SECRET)):
            raise SystemExit(f"scaling: {path.name} holds a key")
    for name in ("list", "verify"):
        assert SECRET not in world.run(name)
    if world.kind == "folder":
        return
    wrong = {**world.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
    done = subprocess.run(world.command("list"), env=wrong, capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    assert done.returncode == 2 and "cannot be read" in said and KEY not in said and SECRET not in said, said


def main():
    kind, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    signal.alarm(int(600 + 20 * seconds))
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        world = WORLDS[kind](work) if kind in WORLDS else World(kind, work)
        try:
            PLAYS[kind](world, seconds)
            silent_about_keys(world)
        except BaseException:
            for log in sorted(Path(work).glob("*.log")) + sorted(Path(work).glob("*.err")):
                print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}", file=sys.stderr)
            raise
        finally:
            world.stop()
    print(f"scaling: passed: {kind}", flush=True)


main()
