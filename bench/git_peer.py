"""git-http-backend behind nginx and fcgiwrap, unprivileged, on a port of its own."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PATH = "/usr/sbin:/sbin:" + os.environ.get("PATH", "")
BACKEND = pathlib.Path(subprocess.run(["git", "--exec-path"], check=True, text=True,
                                      stdout=subprocess.PIPE).stdout.strip()) / "git-http-backend"
CHILDREN = 4
START_SECONDS = 10

# An acknowledged push survives a power loss and was checked, as with Slipway.
SETTINGS = {"http.receivepack": "true", "receive.fsckObjects": "true", "core.fsync": "all",
            "core.fsyncMethod": "fsync"}

CONFIG = """
daemon off;
worker_processes 2;
pid {dir}/nginx.pid;
error_log {dir}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {dir}/body;
    proxy_temp_path {dir}/proxy;
    fastcgi_temp_path {dir}/fastcgi;
    uwsgi_temp_path {dir}/uwsgi;
    scgi_temp_path {dir}/scgi;
    client_max_body_size 0;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            fastcgi_pass unix:{dir}/fcgi;
            fastcgi_param SCRIPT_FILENAME {backend};
            fastcgi_param GIT_PROJECT_ROOT {dir}/repositories;
            fastcgi_param GIT_HTTP_EXPORT_ALL 1;
            fastcgi_param PATH_INFO $uri;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
            fastcgi_param GIT_PROTOCOL $http_git_protocol;
            fastcgi_buffering off;
            fastcgi_request_buffering off;
        }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("nginx did not start")


class GitHttpBackend:
    def __init__(self, directory):
        self.directory = directory / "peer"

    def __enter__(self):
        repository = self.directory / "repositories/bench.git"
        repository.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository], check=True)
        for name, value in SETTINGS.items():
            subprocess.run(["git", "-C", repository, "config", name, value], check=True)
        # nginx started by root works as another user: let it reach the socket.
        os.chmod(self.directory, 0o755)
        os.chmod(self.directory.parent, 0o755)
        port = free_port()
        config = self.directory / "nginx.conf"
        text = CONFIG.format(dir=self.directory, port=port, backend=BACKEND)
        config.write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
        environment = dict(os.environ, HOME=str(self.directory))
        self.fcgi = subprocess.Popen(
            [shutil.which("fcgiwrap", path=PATH), "-c", str(CHILDREN),
             "-s", f"unix:{self.directory}/fcgi"], env=environment,
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.nginx = subprocess.Popen([shutil.which("nginx", path=PATH), "-c", config,
                                       "-e", self.directory / "nginx.log"])
        wait_for(port)
        self.url = f"http://127.0.0.1:{port}/bench.git"
        return self

    def __exit__(self, *_):
        self.nginx.terminate()
        os.killpg(self.fcgi.pid, signal.SIGTERM)  # its children do not end with it
        self.nginx.wait()
        self.fcgi.wait()
