"""`slipway build`: real builds in a real sandbox, without a server."""

import os
import shutil
import signal
import subprocess
import textwrap

import pytest

SLIPWAY = os.environ.get("SLIPWAY", os.path.join(os.path.dirname(__file__), "../../build/slipway"))
PATIENCE = 120
pytestmark = pytest.mark.once  # has no server, so no database


@pytest.fixture
def build(tmp_path):
    """build(buildspec, *args) -> CompletedProcess; files of the source go to build.source."""
    source = tmp_path / "source"
    source.mkdir()
    work = tmp_path / "work"
    work.mkdir()
    for path in (work, tmp_path, *tmp_path.parents):  # the sandbox's user walks to its directories
        if path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode | 0o011)

    def run(buildspec, *args, **more):
        (source / "buildspec.yml").write_text(textwrap.dedent(buildspec))
        result = subprocess.run(
            [SLIPWAY, "build", str(source), *args],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=PATIENCE,
            env={**os.environ, "TMPDIR": str(work)}, **more)
        assert list(work.iterdir()) == [], "a build leaves nothing behind"
        return result

    run.source = source
    run.work = work
    run.out = tmp_path / "out"
    return run


def commands(phase, *lines, more=""):
    text = "\n".join(f"      - {line}" for line in lines)
    return f"version: 0.2\nphases:\n  {phase}:\n    commands:\n{text}\n{more}"


def test_the_shell_keeps_its_state_over_commands(build):
    result = build(commands("build", "cd /tmp", "export A=1", "f() { echo f $A $(pwd); }", "f"))
    assert result.returncode == 0, result.stdout
    assert "\nf 1 /tmp\n" in result.stdout


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_exit_ends_the_command_and_the_next_phase_still_has_the_variables(build, shell):
    result = build(f"""
        version: 0.2
        env: {{shell: {shell}}}
        phases:
          build:
            commands: ["export A=\\"it's x\\"", cd /tmp, exit 7, echo never]
          post_build:
            commands: ['echo post "$A" $(pwd) $CODEBUILD_BUILD_SUCCEEDING']
        """)
    assert result.returncode == 1
    assert "Command did not exit successfully exit 7 exit status 7" in result.stdout
    assert "\npost it's x /tmp 0\n" in result.stdout
    assert "\nnever\n" not in result.stdout


def test_a_failed_command_is_reported_as_aws_does(build):
    result = build(commands("build", "echo before", "'false # why'"))
    assert result.returncode == 1
    assert ("Phase context status code: COMMAND_EXECUTION_ERROR Message: Error while executing "
            "command: false # why. Reason: exit status 1\n") in result.stdout
    assert "Phase complete: BUILD State: FAILED" in result.stdout
    assert "Build FAILED in" in result.stdout


@pytest.mark.parametrize("phase,on_failure,later", [
    ("install", "", []),
    ("pre_build", "", []),
    ("build", "", ["POST_BUILD", "UPLOAD_ARTIFACTS"]),
    ("build", "ABORT", []),
    ("install", "CONTINUE", ["PRE_BUILD", "BUILD", "POST_BUILD", "UPLOAD_ARTIFACTS"]),
    ("post_build", "", ["UPLOAD_ARTIFACTS"]),
])
def test_what_follows_a_failed_phase(build, phase, on_failure, later):
    more = f"    on-failure: {on_failure}\n" if on_failure else ""
    result = build(commands(phase, "false", more=more + "    finally: [echo at the end]\n"))
    table = [line.split()[0] for line in result.stdout.splitlines() if line.endswith(" s") or " s  " in line]
    after = table[table.index(phase.upper()) + 1:]
    assert [name for name in after if name not in ("FINALIZING", "Build")] == later
    assert "\nat the end\n" in result.stdout
    assert result.returncode == 1


def test_artifacts_are_what_the_patterns_say(build):
    result = build("""
        version: 0.2
        phases:
          build:
            commands:
              - mkdir -p out/a/b .hidden; echo 1 > out/1; echo 2 > out/a/2; echo 3 > out/a/b/3.txt
              - ln -s /etc/passwd out/evil; ln -s a/2 out/link; chmod 755 out/1
        artifacts:
          base-directory: o*t
          files: ['**/*']
          exclude-paths: ['a/b/*.txt']
        """, "--artifacts", str(build.out))
    assert result.returncode == 0, result.stdout
    found = sorted(str(p.relative_to(build.out)) for p in build.out.rglob("*") if p.is_file())
    assert found == ["1", "a/2", "link"]
    assert os.access(build.out / "1", os.X_OK)


def test_artifacts_that_match_nothing_fail_the_build(build):
    result = build(commands("build", "'true'", more="artifacts: {files: [nothing]}\n"))
    assert result.returncode == 1
    assert "CLIENT_ERROR Message: no matching artifact paths found" in result.stdout


def test_discarded_paths_may_not_collide(build):
    result = build(commands("build", "mkdir a b", "touch a/x b/x",
                            more="artifacts: {files: ['**/x'], discard-paths: yes}\n"))
    assert 'artifact has two files named "x"' in result.stdout


def test_variables_of_the_command_line_win_over_those_of_the_buildspec(build):
    result = build("""
        version: 0.2
        env: {variables: {A: spec, B: spec}}
        phases: {build: {commands: ['echo $A $B $CODEBUILD_SRC_DIR']}}
        """, "--env", "A=line", "--env=C=3")
    assert "\nline spec /codebuild/output/src\n" in result.stdout


def test_the_source_is_there_and_stays_as_it_is(build):
    (build.source / "file").write_text("original")
    result = build(commands("build", "cat file", "echo changed > file"))
    assert "original" in result.stdout
    assert (build.source / "file").read_text() == "original"


def test_the_host_is_out_of_reach(build, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s3cr3t")
    result = build(commands("build", f"cat {secret} || echo no secret", "cat /etc/shadow || echo no shadow",
                            "touch /usr/x || echo read-only"))
    assert "no secret" in result.stdout and "no shadow" in result.stdout
    assert "read-only" in result.stdout and "s3cr3t" not in result.stdout


def test_a_broken_buildspec_is_named_with_line_and_column(build):
    result = build("version: 0.2\nphases:\n  build:\n    commands:\n      - echo a: b\n")
    assert result.returncode == 1
    assert ("YAML_FILE_ERROR Message: Expected Commands[0] to be of string type: found subkeys instead at "
            "line 5, column 9, value of the key tag on line 4 might be empty") in result.stdout


def test_check_builds_nothing(build):
    result = build(commands("build", "echo ran"), "--check")
    assert (result.returncode, result.stdout) == (0, "")
    result = build("version: 0.3\n", "--check")
    assert result.returncode == 2
    assert 'buildspec version "0.3" is not supported: use 0.2 at line 1, column 10' in result.stderr


def test_bad_arguments_are_one_line_and_2(build):
    for args in (["--no-such"], ["--env", "x"], ["--buildspec", "/no/such"]):
        result = build(commands("build", "true"), *args)
        assert result.returncode == 2
        assert result.stderr.startswith("slipway build: ") and result.stderr.count("\n") == 1


def test_runtimes_are_checked(build):
    text = "version: 0.2\nphases: {install: {runtime-versions: {%s}, commands: [echo ok]}}\n"
    assert build(text % "python: 3.x").returncode == 0
    result = build(text % "python: 2.7")
    assert "Unknown runtime version named '2.7' of python. This build image has" in result.stdout
    result = build(text % "cobol: 85")
    assert "Unknown runtime named 'cobol'. This build image has" in result.stdout


def started(build, command):
    """A build that has come as far as `echo started`."""
    (build.source / "buildspec.yml").write_text(commands("build", command))
    process = subprocess.Popen([SLIPWAY, "build", str(build.source)], stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "TMPDIR": str(build.work)})
    for line in process.stdout:
        if line == "started\n":
            break
    return process


def test_a_stopped_build_leaves_nothing(build):
    """The marker is on the command line of processes that would outlive their shell."""
    marker = f"987{os.getpid()}"
    process = started(
        build, f"setsid sleep {marker} & setsid nohup sleep {marker} & echo started; sleep {marker}")
    process.send_signal(signal.SIGTERM)
    rest = process.stdout.read()
    assert process.wait(PATIENCE) == 1
    assert "Phase complete: BUILD State: STOPPED" in rest and "Build STOPPED in" in rest
    assert subprocess.run(["pgrep", "-f", f"^sleep {marker}"], stdout=subprocess.DEVNULL).returncode == 1
    assert list(build.work.iterdir()) == []


def test_a_killed_build_takes_its_processes_along(build):
    marker = f"986{os.getpid()}"
    process = started(build, f"setsid sleep {marker} & echo started; sleep {marker}")
    process.kill()
    process.stdout.read()  # ends when nobody has the pipe any more
    process.wait(PATIENCE)
    subprocess.run(["pidwait", "-f", f"^sleep {marker}"], timeout=PATIENCE)
    for left in build.work.iterdir():
        shutil.rmtree(left)


def test_output_is_complete_and_in_order(build):
    result = build(commands("build", "seq 1 200000", "echo end"))
    lines = result.stdout.splitlines()
    first = lines.index("1")
    assert lines[first:first + 200000] == [str(i) for i in range(1, 200001)]
    assert lines.index("end") > first


def test_a_secret_of_the_buildspec_given_by_env_is_masked(build):
    spec = commands("build", '\'echo "<$TOKEN> <$STAGE>"\'',
                    more="env: {parameter-store: {TOKEN: /app/token}, variables: {STAGE: none}}")
    result = build(spec, "--env", "TOKEN=hunter22", "--env", "STAGE=testing")
    assert result.returncode == 0, result.stdout
    assert "\n<***> <testing>\n" in result.stdout
    assert "hunter22" not in result.stdout
    assert build(spec).returncode == 1


def test_a_secret_that_nobody_gives_is_asked_for(build):
    result = build(commands("build", "true", more="env: {secrets-manager: {TOKEN: 'app/db:password'}}"))
    assert result.returncode == 1
    assert "TOKEN comes from Secrets Manager, and there is no server here" in result.stdout
