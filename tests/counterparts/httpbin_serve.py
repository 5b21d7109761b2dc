"""httpbin under gunicorn on a free loopback port: what others test their Digest, Basic and Bearer against.

Says where it is in one line of JSON; ends when its input does.
"""

import json
import os
import signal
import sys
import threading

from gunicorn.app.base import BaseApplication


def end_with_input():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def ready(server):
    port = server.LISTENERS[0].sock.getsockname()[1]
    print(json.dumps({"url": f"http://127.0.0.1:{port}"}), flush=True)
    threading.Thread(target=end_with_input, daemon=True).start()


class Httpbin(BaseApplication):
    def load_config(self):
        settings = {
            "bind": "127.0.0.1:0",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "keepalive": 5,
            "control_socket_disable": True,
            "when_ready": ready,
            "graceful_timeout": 1,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        from httpbin import app

        return app


Httpbin().run()
