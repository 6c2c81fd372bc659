"""A store over TLS, with a certificate of an authority that only this test knows."""

import subprocess

from net import until
from scenes import depot_away, scene, three_replicas
from world import KEY, SECRET


def play(world, seconds):
    scene("a store over TLS: build, replicas, a new generation")
    first = world.build("--activate")
    load = three_replicas(world, first)
    world.edit("Rose School")
    second = world.build("--activate")
    world.served(second, "second")

    depot_away(world, seconds, second)
    world.run("rollback")
    until("three replicas serve the first snapshot again", lambda: world.serving(first))
    load.judged(world.known)

    scene("an authority that nobody knows, and a name that is another one")
    host = f"127.0.0.1:{world.way.port}"
    untrusted(world, host, {"SSL_CERT_FILE": system_authorities()}, "UnknownIssuer")
    # The certificate is for 127.0.0.1 and localhost.
    host = f"127.0.0.2:{world.way.port}"
    world.way.listen_at("127.0.0.2")
    untrusted(world, host, {"AWS_ENDPOINT_URL": f"https://{host}"}, "not valid for name")
    untrusted(world, host, {"SSL_CERT_FILE": "/nowhere"}, "No CA certificates")


def untrusted(world, host, environment, fault):
    """Every verb is refused, and says where, why, and what to do."""
    for verb in ("list", "build", "rollback"):
        environment = {**world.environment, **environment}
        done = subprocess.run(world.command(verb), env=environment, capture_output=True, text=True, timeout=120)
        said = done.stdout + done.stderr
        assert done.returncode == 2 and fault in said and "SSL_CERT_FILE" in said, (verb, said)
        assert host in said or "No CA" in said, (verb, said)
        assert KEY not in said and SECRET not in said, said


def system_authorities():
    """Those of Debian, which know nothing of ours."""
    return "/etc/ssl/certs/ca-certificates.crt"
