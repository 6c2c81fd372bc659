"""A depot, its publisher, three replicas and nginx before them, all on this machine."""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from load import ADDRESSES
from net import Way, answers, fetched, free_port, listens, until

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("COVERAGE_MAP_BIN", str(ROOT / "target/debug/coverage-map"))
TOY = ROOT / "tests/data/toy"
KEY, SECRET = "AKIAEXAMPLEKEY0000001", "SECRET-that-must-appear-nowhere"


class World:
    """`kind` is folder, s3 (a store), or tls (a store with a certificate of an authority of its own)."""

    def __init__(self, kind, work):
        self.kind, self.work = kind, Path(work)
        self.program = shutil.copytree(TOY / "program", self.work / "program")
        self.replicas, self.started, self.known, self.way = {}, [], {}, None
        self.environment = {**os.environ, "COVERAGE_MAP_AS_OF": "2026-11-21"}
        self.place = str(self.work / "depot")
        if kind != "folder":
            self.start_store()

    def start(self, name, *command, **more):
        log = open(self.work / f"{name}.log", "ab")
        child = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment, **more)
        self.started.append(child)
        return child

    def stop(self):
        for child in self.started:
            if child.poll() is None:
                child.terminate()
        for child in self.started:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()

    # --- the store ----------------------------------------------------------------------------------------------------

    def start_store(self):
        import boto3
        self.store_port = free_port()
        certificate = self.certified() if self.kind == "tls" else ()
        self.start("store", sys.executable, str(Path(__file__).with_name("store.py")), str(self.store_port), *map(str, certificate))
        until("the store answers", lambda: listens(self.store_port))
        self.way = Way(self.store_port)
        scheme = "https" if certificate else "http"
        self.environment |= {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"{scheme}://127.0.0.1:{self.way.port}",
        }
        self.bucket = boto3.client(
            "s3", endpoint_url=f"{scheme}://127.0.0.1:{self.store_port}", region_name="us-east-1",
            aws_access_key_id=KEY, aws_secret_access_key=SECRET, verify=str(self.work / "authority.pem") if certificate else None,
        )
        self.bucket.create_bucket(Bucket="depot")
        self.place = "s3://depot/partner-map"

    def certified(self):
        """A certificate of this machine, by an authority that no other machine knows; who is given its file trusts it."""
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.work, check=True, capture_output=True, timeout=60)
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        (self.work / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n")
        openssl("req", "-x509", *kind, "-keyout", "authority.key", "-out", "authority.pem", "-days", "2", "-subj", "/CN=Ours")
        openssl("req", *kind, "-keyout", "store.key", "-out", "store.csr", "-subj", "/CN=store")
        openssl("x509", "-req", "-in", "store.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial",
                "-days", "2", "-extfile", "names", "-out", "store.pem")
        self.environment["SSL_CERT_FILE"] = str(self.work / "authority.pem")
        self.environment.pop("SSL_CERT_DIR", None)
        return self.work / "store.pem", self.work / "store.key"

    # --- the depot ----------------------------------------------------------------------------------------------------

    def read(self, path):
        if self.kind == "folder":
            return Path(self.place, path).read_bytes()
        return self.bucket.get_object(Bucket="depot", Key=f"partner-map/{path}")["Body"].read()

    def write(self, path, data):
        if self.kind == "folder":
            Path(self.place, path).write_bytes(data)
        else:
            self.bucket.put_object(Bucket="depot", Key=f"partner-map/{path}", Body=data)

    def has(self, path):
        if self.kind == "folder":
            return Path(self.place, path).exists()
        return self.bucket.list_objects_v2(Bucket="depot", Prefix=f"partner-map/{path}")["KeyCount"] > 0

    def names(self):
        """What lies below snapshots/, whole or not."""
        if self.kind == "folder":
            return set(os.listdir(Path(self.place, "snapshots")))
        found = self.bucket.list_objects_v2(Bucket="depot", Prefix="partner-map/snapshots/", Delimiter="/")
        return {each["Prefix"].split("/")[2] for each in found.get("CommonPrefixes", [])}

    def pointer(self):
        return json.loads(self.read("CURRENT"))

    def away(self):
        if self.kind == "folder":
            os.rename(self.place, self.place + ".away")
        else:
            self.way.down()

    def back(self):
        if self.kind == "folder":
            os.rename(self.place + ".away", self.place)
        else:
            self.way.up()

    # --- the publisher ------------------------------------------------------------------------------------------------

    def command(self, *verb, program=None):
        folders = ["--geography", str(TOY / "geography"), "--program", str(program or self.program)]
        return [BINARY, *folders, "--snapshots", self.place, *verb]

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
        """nginx with the block of docs/scaling.md, but for addresses and ports."""
        text = (ROOT / "docs/scaling.md").read_text()
        block = re.search(r"```nginx\n(.*?)```", text, re.S)[1]
        for number in (1, 2, 3):
            block = block.replace(f"10.0.0.{number}:8080", f"127.0.0.1:{self.replicas[number][1]}")
        self.port = free_port()
        block = block.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temp = "".join(f"{kind}_temp_path {self.work}/temp-{kind};" for kind in kinds)
        config = self.work / "nginx.conf"
        config.write_text(
            f"pid {self.work}/nginx.pid; daemon off; error_log {self.work}/nginx.err; events {{}}\n"
            f"http {{ access_log off; {temp}\n{block}}}\n"
        )
        nginx = shutil.which("nginx", path=self.environment["PATH"] + ":/usr/sbin")
        self.start("nginx", nginx, "-c", str(config), "-e", str(self.work / "nginx.err"))
        until("nginx answers", lambda: answers(self.port))

    def remember(self, name):
        """What this generation answers, once all replicas serve it."""
        self.known[name] = {path: fetched(self.port, path)[1] for path in ADDRESSES}

    def served(self, snapshot, name):
        """Waits until all replicas serve a snapshot, and remembers what they answer."""
        until(f"three replicas serve the snapshot {name}", lambda: self.serving(snapshot))
        self.remember(name)
