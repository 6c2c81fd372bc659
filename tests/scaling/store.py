#!/usr/bin/env python3
"""moto's S3 server, with the two things that it lacks and that Amazon promises: a conditional write is one step, and TLS.

    store.py PORT [CERTIFICATE KEY]

moto's own launcher serves each request on a thread, and its `put_object` looks at the tag and then writes, without a lock between
the two: of two conditional writes at the same moment both may win. Here writes come one after the other; all else is moto.

For races there is a starting line: after `PUT /-/line?N`, writes of CURRENT wait until N of them are there. All of them were
prepared from what CURRENT said before any was let through."""

import io
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

# Longer than any publisher waits for a store.
PATIENCE = 60


class OneAtATime:
    """An application whose writes are done one after the other."""

    def __init__(self, application):
        self.application, self.lock, self.line = application, threading.Lock(), None

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/-/line":
            self.draw(int(environ["QUERY_STRING"]))
            start_response("204 No Content", [])
            return []
        if method in ("GET", "HEAD"):
            return self.application(environ, start_response)
        if length := environ.get("CONTENT_LENGTH"):
            # Taken in before anybody waits for it: a publisher that is killed while it sends holds up nobody.
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
        line = self.line
        if method == "PUT" and path.endswith("/CURRENT") and line:
            line.wait(PATIENCE)
        with self.lock:
            return self.application(environ, start_response)

    def draw(self, racers):
        # Gone once they have been let through.
        self.line = threading.Barrier(racers, action=lambda: setattr(self, "line", None))


def main():
    port, *tls = sys.argv[1:]
    application = OneAtATime(DomainDispatcherApplication(create_backend_app))
    more = {"ssl_context": tuple(tls) or None, "request_handler": MotoRequestHandler}
    run_simple("127.0.0.1", int(port), application, threaded=True, **more)


main()
