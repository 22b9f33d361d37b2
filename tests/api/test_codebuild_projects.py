"""CodeBuild projects: create, read, update, list, delete, and what is refused."""
import pytest
from botocore.exceptions import ClientError

import raw
from builds import build_role, commands, create_project, project_declaration


def refused(call, code, text="", **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    assert caught.value.response["Error"]["Code"] == code
    assert text in caught.value.response["Error"]["Message"]


def test_a_project_comes_back_as_it_was_created(account):
    role = build_role(account)
    made = create_project(account, commands("true"), role, description="What it is for",
                          tags=[{"key": "team", "value": "web"}], timeoutInMinutes=10)
    assert made["arn"] == f"arn:aws:codebuild:us-east-1:{account.id}:project/demo"
    found = account.client("codebuild").batch_get_projects(names=["demo", "none"])
    assert found["projectsNotFound"] == ["none"]
    project, = found["projects"]
    assert project == made
    assert project["description"] == "What it is for"
    assert project["timeoutInMinutes"] == 10
    assert project["queuedTimeoutInMinutes"] == 480
    assert project["tags"] == [{"key": "team", "value": "web"}]
    assert project["created"] == project["lastModified"]


def test_names_are_taken_once(account):
    role = build_role(account)
    create_project(account, commands("true"), role)
    with pytest.raises(ClientError) as caught:
        create_project(account, commands("true"), role)
    assert caught.value.response["Error"]["Code"] == "ResourceAlreadyExistsException"


def test_an_update_replaces_what_it_names(account):
    codebuild = account.client("codebuild")
    made = create_project(account, commands("true"), build_role(account), description="old")
    changed = codebuild.update_project(name="demo", description="new")["project"]
    assert changed["description"] == "new"
    assert changed["source"] == made["source"]
    assert changed["lastModified"] >= made["lastModified"]
    refused(codebuild.update_project, "ResourceNotFoundException", name="none", description="x")


def test_deleting_twice_succeeds(account):
    codebuild = account.client("codebuild")
    create_project(account, commands("true"), build_role(account))
    codebuild.delete_project(name="demo")
    codebuild.delete_project(name="demo")
    assert codebuild.list_projects()["projects"] == []


def test_projects_are_listed_by_name_and_by_time(account):
    codebuild = account.client("codebuild")
    role = build_role(account)
    for name in ("bb", "aa", "cc"):
        create_project(account, commands("true"), role, name=name)
    codebuild.update_project(name="bb", description="changed")
    assert codebuild.list_projects()["projects"] == ["aa", "bb", "cc"]
    assert codebuild.list_projects(sortOrder="DESCENDING")["projects"] == ["cc", "bb", "aa"]
    assert codebuild.list_projects(sortBy="CREATED_TIME")["projects"] == ["bb", "aa", "cc"]
    assert codebuild.list_projects(sortBy="LAST_MODIFIED_TIME", sortOrder="DESCENDING")["projects"][0] == "bb"


def test_projects_are_listed_in_pages(account):
    codebuild = account.client("codebuild")
    role = build_role(account)
    names = [f"p{number:03}" for number in range(105)]
    for name in names:
        create_project(account, commands("true"), role, name=name)
    first = codebuild.list_projects()
    assert first["projects"] == names[:100]
    assert codebuild.list_projects(nextToken=first["nextToken"])["projects"] == names[100:]
    refused(codebuild.list_projects, "InvalidInputException", nextToken="made-up")


@pytest.mark.parametrize("changes, text", [
    ({"source": {"type": "GITHUB", "location": "https://example.com/a.git"}}, "GITHUB"),
    ({"source": {"type": "NO_SOURCE"}}, "buildspec is required"),
    ({"source": {"type": "CODECOMMIT", "buildspec": "b"}}, "location must be set"),
    ({"source": {"type": "S3", "location": "bucket-only"}}, "bucket and the key"),
    ({"artifacts": {"type": "S3"}}, "location must be set"),
    ({"artifacts": {"type": "CODEPIPELINE"}}, "CODEPIPELINE"),
    ({"environment": {"type": "LINUX_CONTAINER", "image": "x", "computeType": "BUILD_GENERAL1_SMALL",
                      "privilegedMode": True}}, "privilegedMode"),
    ({"environment": {"type": "LINUX_CONTAINER", "image": "x", "computeType": "BUILD_GENERAL1_SMALL",
                      "environmentVariables": [{"name": "A=B", "value": "b", "type": "SECRETS_MANAGER"}]}},
     "A=B"),
    ({"timeoutInMinutes": 3000}, ""),
    ({"cache": {"type": "S3", "location": "b/c"}}, "cache"),
    ({"vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]}}, "vpcConfig"),
    ({"badgeEnabled": True}, "badgeEnabled"),
    ({"source": {"type": "NO_SOURCE", "buildspec": "b", "reportBuildStatus": True}}, "build statuses"),
    ({"source": {"type": "NO_SOURCE", "buildspec": "b", "buildStatusConfig": {"context": "c"}}}, "build statuses"),
    ({"source": {"type": "NO_SOURCE", "buildspec": "b", "insecureSsl": True}}, "insecureSsl"),
    ({"artifacts": {"type": "S3", "location": "b", "name": "n", "bucketOwnerAccess": "NONE"}}, "not NONE"),
    ({"logsConfig": {"s3Logs": {"status": "ENABLED", "location": "b/l", "bucketOwnerAccess": "READ_ONLY"}}},
     "not READ_ONLY"),
    ({"environment": {"type": "LINUX_CONTAINER", "image": "x", "computeType": "ATTRIBUTE_BASED_COMPUTE",
                      "computeConfiguration": {"vCpu": 2}}}, "computeConfiguration"),
])
def test_what_is_wrong_or_not_supported_is_refused(account, changes, text):
    declaration = project_declaration(commands("true"), build_role(account), **changes)
    answer = raw.json_call(account, "codebuild", "CodeBuild_20161006.CreateProject", declaration)
    assert (answer.status, answer.json["__type"]) == (400, "InvalidInputException")
    assert text in answer.json["message"]
    assert account.client("codebuild").list_projects()["projects"] == []


def test_the_service_role_must_trust_codebuild(account):
    with pytest.raises(ClientError) as caught:
        create_project(account, commands("true"), f"arn:aws:iam::{account.id}:role/none")
    assert "not authorized to perform: sts:AssumeRole" in caught.value.response["Error"]["Message"]


def test_creating_needs_permission_for_the_project_and_the_role(account):
    role = build_role(account)
    project = f"arn:aws:codebuild:us-east-1:{account.id}:project/demo"
    nobody = account.user("nobody")
    half = account.user("half", {"Effect": "Allow", "Action": "codebuild:CreateProject", "Resource": project})
    full = account.user("full", {"Effect": "Allow", "Action": ["codebuild:CreateProject"], "Resource": project},
                        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": role})
    for user, action, resource in ((nobody, "codebuild:CreateProject", project), (half, "iam:PassRole", role)):
        with pytest.raises(ClientError) as caught:
            create_project(user, commands("true"), role)
        assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
        assert action in caught.value.response["Error"]["Message"]
        assert resource in caught.value.response["Error"]["Message"]
    create_project(full, commands("true"), role)
