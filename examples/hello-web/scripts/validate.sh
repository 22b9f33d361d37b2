#!/bin/sh
# Asks the freshly started application for its health, and for the version of this revision.
set -eu
version=$(cat /srv/hello-web/VERSION)
url=http://127.0.0.1:${HELLO_PORT:-8080}/health
exec python3 - "$url" "$version" <<'PYTHON'
import json, sys, time, urllib.error, urllib.request

url, version = sys.argv[1:]
deadline = time.monotonic() + 10
while True:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            health = json.load(answer)
        break
    except urllib.error.HTTPError as error:
        sys.exit(f"{url} answered {error.code}: {error.read().decode()}")
    except OSError as error:
        if time.monotonic() > deadline:
            sys.exit(f"{url} does not answer: {error}")
        time.sleep(0.05)
if health != {"status": "ok", "version": version}:
    sys.exit(f"{url} answered {health}, not version {version}")
print(f"{url} is healthy with version {version}")
PYTHON
