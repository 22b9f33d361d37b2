#!/bin/sh
# Starts the application in the background, with no hold on the hook's output.
set -eu
cd /srv/hello-web
setsid python3 server.py > /srv/hello-web.log 2>&1 < /dev/null &
echo $! > /srv/hello-web.pid
echo "started on port ${HELLO_PORT:-8080} as process $(cat /srv/hello-web.pid)"
