"""All of it at once: a program in PostgreSQL, a builder that stays, a store, three replicas behind nginx, and clients."""

import os
import re
import subprocess
import time
from pathlib import Path

from net import until
from scenes import nothing_wrong, scene, three_replicas
from world import ROOT, TOY, World

PASSWORD = "correct-horse-battery"


class Database:
    """A server that the script of tests/postgis runs."""

    def __init__(self, work):
        self.folder = Path(work) / "postgres"
        self.folder.mkdir()
        os.chmod(self.folder, 0o755)
        self.run("new")
        self.run("load", str(TOY / "program"), "toy")
        socket = str(self.folder / "data").replace("/", "%2F")
        self.address = f"postgres://reader@{socket}/partners?schema=toy"
        self.passwords = Path(work) / "passwords"
        self.passwords.write_text(f"localhost:*:partners:reader:{PASSWORD}\n")

    def run(self, *verb):
        command = [str(ROOT / "tests/postgis/cluster"), str(self.folder), *verb]
        subprocess.run(command, env={**os.environ, "PASSWORD": PASSWORD}, check=True, timeout=120)

    def rename(self, name):
        self.run("sql", "partners", f"UPDATE toy.partners SET name = '{name}' WHERE id = 'iris-school'")


class Whole(World):
    """The program is rows of a database; a builder is told when they change."""

    def __init__(self, work):
        super().__init__("s3", work)
        self.database = Database(work)
        self.program = self.database.address
        self.environment["PGPASSFILE"] = str(self.database.passwords)

    def builder(self):
        return self.start("builder", *self.command("build", "--pages", "fast", "--activate", "--watch"))

    def log(self):
        return (self.work / "builder.log").read_text()

    def newest(self, before):
        """The snapshot that is served once CURRENT has moved on."""
        until("a new snapshot is activated", lambda: self.moves() > before)
        return self.pointer()["snapshot"]

    def moves(self):
        try:
            return self.pointer()["sequence"]
        except self.bucket.exceptions.NoSuchKey:
            return 0

    def stop(self):
        super().stop()
        self.database.run("halt")


def play(world, seconds):
    scene("a program in PostgreSQL is built, and served by three replicas")
    builder = world.builder()
    first = world.newest(0)
    load = three_replicas(world, first)
    time.sleep(seconds)
    second = changed(world, "Rose School", "second")
    assert second != first
    database_killed(world, seconds, second)
    builder_killed(world, builder)
    row_with_an_error(world)
    store_away(world)
    load.judged(world.known)
    silent_about_passwords(world)


def changed(world, name, generation):
    scene(f"a row is changed: {name}")
    before = world.moves()
    world.database.rename(name)
    snapshot = world.newest(before)
    world.served(snapshot, generation)
    assert name.encode() in world.known[generation]["/api/v1/coverage?zip=01212"], generation
    return snapshot


def database_killed(world, seconds, second):
    scene("the database is killed")
    world.database.run("halt")
    until("the builder says so", lambda: "nothing is built, what is served stays: PostgreSQL at " in world.log())
    moves = world.moves()
    time.sleep(seconds)
    assert world.serving(second) and nothing_wrong(world) and world.moves() == moves
    scene("it is back")
    world.database.run("begin")
    until("the builder says that, too", lambda: "nothing is wrong any more" in world.log())
    assert world.moves() == moves, "the same rows move nothing"
    changed(world, "Lily School", "third")


def builder_killed(world, builder):
    scene("the builder is killed, a row changed meanwhile, and it comes back")
    builder.kill()
    builder.wait()
    before = world.moves()
    world.database.rename("Iris Academy")
    world.builder()
    world.served(world.newest(before), "fourth")


def row_with_an_error(world):
    scene("a row with an error")
    before = world.moves()
    world.database.run("sql", "partners", "INSERT INTO toy.assignments (partner, region) VALUES ('iris-school', 'county:99999')")
    until("the builder names it", lambda: "assignments row 'iris-school county:99999" in world.log())
    assert world.moves() == before and nothing_wrong(world)
    world.database.run("sql", "partners", "DELETE FROM toy.assignments WHERE region = 'county:99999'")
    until("nothing is wrong any more", lambda: world.log().count("nothing is wrong any more") == 2)


def store_away(world):
    scene("the store is away while a row is changed")
    before = world.moves()
    world.away()
    world.database.rename("Heather School")
    until("the builder says so", lambda: re.search(r"what is served stays: s3://depot/partner-map: .* cannot be ", world.log()))
    world.back()
    world.served(world.newest(before), "fifth")


def silent_about_passwords(world):
    for path in world.work.glob("*.log"):
        assert PASSWORD not in path.read_text(errors="replace"), path.name
    for path in world.work.glob("cache-*/**/*.json"):
        text = path.read_text()
        assert PASSWORD not in text and "postgres://" not in text, path
