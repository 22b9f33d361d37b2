#!/usr/bin/python3
"""The main job of Slipway, end to end, with the real `aws` CLI and `git`.

    tools/demo/demo.py [--keep]

Everything lies in demo-data/ of the checkout and is removed at the end, unless --keep leaves the
server and both instances running until Ctrl-C. What a person would type is run as a command and
shown; only the live view of the pipeline uses boto3, to look often.
"""
import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import setup
from view import View
from world import ROOT, Failed, World


def push(world, view, message):
    """Commits and pushes what changed; returns the commit id."""
    world.git("add", "--all")
    world.git("commit", "--quiet", "--message", message)
    commit = world.git("rev-parse", "HEAD").strip()
    view.say(f"$ git push   ({message})")
    world.git("push", "--quiet", "origin", "main")
    view.say(f"pushed {commit[:8]}; the push starts the pipeline by itself")
    return commit


def edit(world, name, old, new):
    path = world.checkout / name
    text = path.read_text()
    if old not in text:
        raise Failed(f"{name} does not contain {old!r}")
    path.write_text(text.replace(old, new))


def approve(world, view, execution):
    token = view.wait_for_approval(execution)
    command = ["codepipeline", "put-approval-result", "--pipeline-name", setup.PIPELINE,
               "--stage-name", "Approve", "--action-name", "Approve", "--token", token,
               "--result", "summary=Looks good,status=Approved"]
    view.say("the pipeline waits for approval; a person would type:")
    view.say("$ aws " + " ".join(command[:-1] + ["'" + command[-1] + "'"]).replace(token, token[:8] + "…"))
    world.aws(*command)


def check_pages(world, view, commit, what):
    for name in setup.INSTANCES:
        page = world.fetch(name)
        if commit[:8] not in page:
            raise Failed(f"{name} serves another version than {commit[:8]}: {page!r}")
        view.say(f"{name}: {world.url(name)} serves version {commit[:8]} {what}")


def first_delivery(world, view):
    view.title("The first delivery")
    commit = push(world, view, "Hello")
    execution = view.wait_for_execution(commit)
    approve(world, view, execution)
    view.wait_for_end(execution, "Succeeded")
    check_pages(world, view, commit, "")
    return commit, execution


def failing_test(world, view, good):
    view.title("A commit whose unit test fails")
    edit(world, "app/pages.py", 'return f"Hello, ', 'return f"Goodbye, ')
    commit = push(world, view, "Say goodbye")
    execution = view.wait_for_execution(commit)
    view.wait_for_end(execution, "Failed")
    view.show_failed_line(("FAIL:", "AssertionError"))
    check_pages(world, view, good, "as before")


def failing_validation(world, view, good):
    view.title("A commit whose ValidateService fails on the first instance")
    edit(world, "app/pages.py", 'return f"Goodbye, ', 'return f"Hello, ')
    edit(world, "app/pages.py", "return 200, ", "return 500, ")
    commit = push(world, view, "Break the health check")
    execution = view.wait_for_execution(commit)
    approve(world, view, execution)
    view.wait_for_end(execution, "Failed")
    failed = view.deployment_of(execution)
    view.show_targets(failed)
    states = view.target_states(failed)
    if sorted(states.values()) != ["Failed", "Skipped"]:
        raise Failed(f"one instance should have failed and one should not have been touched: {states}")
    rollback = view.wait_for_rollback(failed)
    view.say(f"deployment {failed} failed; {rollback} redeployed the last good revision")
    check_pages(world, view, good, "again")


def summary(world, view, execution):
    view.title("Summary")
    for line in view.timings(execution):
        view.say(line)
    view.say("")
    view.say("Look around (with --keep):")
    data = os.path.relpath(world.data / "server", os.getcwd())
    binary = os.path.relpath(world.binary, os.getcwd())
    for command in (f"codepipeline get-pipeline-state --name {setup.PIPELINE}",
                    f"codebuild list-builds-for-project --project-name {setup.PROJECT}",
                    f"logs tail /aws/codebuild/{setup.PROJECT}",
                    f"deploy list-deployments --application-name {setup.APPLICATION}"
                    f" --deployment-group-name {setup.GROUP}",
                    "cloudtrail lookup-events --max-results 5"):
        view.say(f"  {binary} aws --data {data} {command}")


def keep(world, view):
    data = os.path.relpath(world.data / "server", os.getcwd())
    view.title("It goes on running")
    view.say(f"  eval \"$({os.path.relpath(world.binary, os.getcwd())} env --data {data})\"")
    for name in setup.INSTANCES:
        view.say(f"  {name}: {world.url(name)}")
    view.say(f"  the repository: {world.checkout}")
    view.say("Ctrl-C stops it and removes demo-data.")
    signal.sigwait({signal.SIGINT, signal.SIGTERM})


def run(world, view, is_kept):
    view.title("A server with an empty data directory")
    view.say(world.start_server())
    view.title("What a pipeline needs, made with the aws CLI")
    setup.create(world, view)
    good, execution = first_delivery(world, view)
    failing_test(world, view, good)
    failing_validation(world, view, good)
    summary(world, view, execution)
    if is_kept:
        keep(world, view)


def main():
    parser = argparse.ArgumentParser(description="Slipway, shown end to end.")
    parser.add_argument("--keep", action="store_true", help="leave it running at the end")
    arguments = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    world = World(ROOT / "demo-data")
    view = View(world)
    started = time.monotonic()
    try:
        run(world, view, arguments.keep)
    except Failed as failure:
        view.say("")
        print(f"demo: {failure}", file=sys.stderr)
        print(world.log_tail(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    finally:
        world.stop()
    print(f"\nEverything has been stopped and removed after {time.monotonic() - started:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
