"""The examples of the CLI's pages on the policy simulators, with `aws`."""
import json
import os
import subprocess

AWS = "/usr/bin/aws"
POLICY = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:*:*:table/${aws:username}",
    "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2018-08-16T12:00:00Z"}}}})


def test_the_simulators_of_the_cli(account, tmp_path):
    server = account.server
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_DEFAULT_REGION": server.region,
           "AWS_ACCESS_KEY_ID": account.access_key, "AWS_SECRET_ACCESS_KEY": account.secret}
    if server.ca_bundle:
        env["AWS_CA_BUNDLE"] = server.ca_bundle

    def aws(*command):
        done = subprocess.run([AWS, "--output", "json", "--endpoint-url", server.endpoint, "iam", *command], env=env,
                              cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout
        return json.loads(done.stdout) if done.stdout else None

    keys = {"ContextKeyNames": ["aws:username", "aws:CurrentTime"]}
    (tmp_path / "policies.json").write_text(json.dumps([POLICY]))
    assert aws("get-context-keys-for-custom-policy", "--policy-input-list", POLICY) == keys
    assert aws("get-context-keys-for-custom-policy", "--policy-input-list", "file://policies.json") == keys

    aws("create-user", "--user-name", "alejandro")
    aws("put-user-policy", "--user-name", "alejandro", "--policy-name", "p", "--policy-document", POLICY)
    me = "arn:aws:iam::%s:user/alejandro" % account.id
    assert aws("get-context-keys-for-principal-policy", "--policy-source-arn", me) == keys

    for year, decision in ("2019", "allowed"), ("2014", "implicitDeny"):
        for source in ("simulate-principal-policy", "--policy-source-arn", me), (
                "simulate-custom-policy", "--caller-arn", me, "--policy-input-list", "file://policies.json"):
            results = aws(*source, "--action-names", "dynamodb:CreateBackup", "dynamodb:CreateTable",
                          "--resource-arns", "arn:aws:dynamodb:eu-west-1:%s:table/alejandro" % account.id,
                          "--max-items", "1", "--context-entries",
                          "ContextKeyName='aws:CurrentTime',ContextKeyValues='%s-04-25T11:00:00Z',ContextKeyType=date"
                          % year)["EvaluationResults"]
            assert [(r["EvalActionName"], r["EvalDecision"]) for r in results] == [("dynamodb:CreateBackup", decision)]
