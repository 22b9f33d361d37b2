#!/bin/sh
# Stops the application if it runs, and waits until it is gone.
set -eu
[ -f /srv/hello-web.pid ] || exit 0
pid=$(cat /srv/hello-web.pid)
rm -f /srv/hello-web.pid
kill "$pid" 2> /dev/null || exit 0
tries=0
while kill -0 "$pid" 2> /dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "process $pid does not stop" >&2; exit 1; }
    sleep 0.1
done
echo "stopped process $pid"
