"""The real git, as one user of one account."""
import os
import pathlib
import subprocess
import urllib.parse

AWS = "/usr/bin/aws"
HELPER = f"!{AWS} codecommit credential-helper --ignore-host-check $@"


ALLOW_ALL = {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"}


def git_password(account, name, *statements):
    """A new IAM user with these statements, and its service-specific credential."""
    account.user(name, *statements)
    made = account.client("iam").create_service_specific_credential(
        UserName=name, ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
    return made["ServiceUserName"], made["ServicePassword"]


class Git:
    """git as one user of one account, in a directory of its own. No credentials: the helper's."""

    def __init__(self, account, home, repository="demo", credentials=None):
        self.home = pathlib.Path(home)
        self.home.mkdir(exist_ok=True)
        self.url = f"{account.server.endpoint}/v1/repos/{repository}"
        config = {"http.sslCAInfo": account.server.ca_bundle, "user.name": "A U Thor",
                  "user.email": "author@example.com", "init.defaultBranch": "main",
                  "gc.auto": "0", "maintenance.auto": "false"}
        if credentials:
            quoted = tuple(urllib.parse.quote(part, safe="") for part in credentials)
            self.url = self.url.replace("://", "://%s:%s@" % quoted)
        else:
            config.update({"credential.helper": HELPER, "credential.UseHttpPath": "true"})
        self.env = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C",
                    "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1",
                    "AWS_ACCESS_KEY_ID": account.access_key,
                    "AWS_SECRET_ACCESS_KEY": account.secret,
                    "AWS_DEFAULT_REGION": account.server.region}
        if account.token:
            self.env["AWS_SESSION_TOKEN"] = account.token
        for key, value in config.items():
            self("config", "--global", key, value, cwd=self.home)
        self.work = self.home

    def run(self, *args, cwd=None):
        return subprocess.run(["git", *args], cwd=cwd or self.work, env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __call__(self, *args, cwd=None):
        done = self.run(*args, cwd=cwd)
        assert done.returncode == 0, f"git {' '.join(args)}\n{done.stdout}"
        return done.stdout.strip()

    def fails(self, *args):
        done = self.run(*args)
        assert done.returncode != 0, f"git {' '.join(args)} did not fail\n{done.stdout}"
        return done.stdout

    def clone(self, name, *options):
        self("clone", "-q", *options, self.url, name, cwd=self.home)
        self.work = self.home / name
        return self

    def commit(self, path, text):
        file = self.work / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self("add", path)
        self("commit", "-q", "-m", path)
        return self("rev-parse", "HEAD")

    def commit_big(self, mebibytes):
        """A file that does not compress."""
        with open(self.work / "big", "wb") as file:
            for _ in range(mebibytes):
                file.write(os.urandom(1 << 20))
        self("add", "big")
        self("commit", "-q", "-m", "big")
