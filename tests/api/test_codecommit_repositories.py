"""CodeCommit: repositories, their tags, and the keys that they are sealed under."""
import json

import pytest

from errors import fails
from raw import json_call


@pytest.fixture
def codecommit(account):
    return account.client("codecommit")


def test_create_get_delete(account, codecommit):
    made = codecommit.create_repository(repositoryName="demo", repositoryDescription="A demo",
                                        tags={"team": "one"})["repositoryMetadata"]
    assert made["repositoryName"] == "demo"
    assert made["repositoryDescription"] == "A demo"
    assert made["accountId"] == account.id
    assert made["Arn"] == f"arn:aws:codecommit:{account.server.region}:{account.id}:demo"
    assert made["cloneUrlHttp"] == f"{account.server.endpoint}/v1/repos/demo"
    assert "defaultBranch" not in made
    assert codecommit.get_repository(repositoryName="demo")["repositoryMetadata"] == made
    assert codecommit.list_tags_for_resource(resourceArn=made["Arn"])["tags"] == {"team": "one"}
    assert codecommit.delete_repository(repositoryName="demo")["repositoryId"] == \
        made["repositoryId"]
    assert "repositoryId" not in codecommit.delete_repository(repositoryName="demo")
    assert fails("RepositoryDoesNotExistException", codecommit.get_repository,
                 repositoryName="demo") == "demo does not exist"


def test_names(account, codecommit):
    codecommit.create_repository(repositoryName="Demo.1_x-y")
    assert fails("RepositoryNameExistsException", codecommit.create_repository,
                 repositoryName="Demo.1_x-y") == "Repository named Demo.1_x-y already exists"
    codecommit.create_repository(repositoryName="demo.1_x-y")
    for name in ("a.git", "a b", "x" * 101, "a/b"):
        fails("InvalidRepositoryNameException", codecommit.create_repository, repositoryName=name)
    loose = account.client("codecommit", validate=False)
    fails("RepositoryNameRequiredException", loose.create_repository)
    fails("InvalidRepositoryDescriptionException", codecommit.create_repository,
          repositoryName="long", repositoryDescription="x" * 1001)
    account.client("codecommit", region="eu-west-3").create_repository(repositoryName="Demo.1_x-y")


def test_rename_and_describe(codecommit):
    identity = codecommit.create_repository(
        repositoryName="one")["repositoryMetadata"]["repositoryId"]
    codecommit.create_repository(repositoryName="two")
    codecommit.update_repository_name(oldName="one", newName="three")
    codecommit.update_repository_description(repositoryName="three", repositoryDescription="new")
    found = codecommit.get_repository(repositoryName="three")["repositoryMetadata"]
    assert (found["repositoryId"], found["repositoryDescription"]) == (identity, "new")
    codecommit.update_repository_description(repositoryName="three", repositoryDescription="")
    assert "repositoryDescription" not in \
        codecommit.get_repository(repositoryName="three")["repositoryMetadata"]
    fails("RepositoryNameExistsException", codecommit.update_repository_name, oldName="three",
          newName="two")
    fails("RepositoryDoesNotExistException", codecommit.update_repository_name, oldName="one",
          newName="four")
    fails("InvalidRepositoryNameException", codecommit.update_repository_name, oldName="three",
          newName="four.git")
    fails("RepositoryDoesNotExistException", codecommit.update_repository_description,
          repositoryName="one", repositoryDescription="x")


def test_batch_get(account, codecommit):
    for name in ("one", "two"):
        codecommit.create_repository(repositoryName=name)
    found = codecommit.batch_get_repositories(repositoryNames=["two", "none", "one"])
    assert [item["repositoryName"] for item in found["repositories"]] == ["two", "one"]
    assert found["repositoriesNotFound"] == ["none"]
    fails("MaximumRepositoryNamesExceededException", codecommit.batch_get_repositories,
          repositoryNames=["r%d" % i for i in range(101)])
    loose = account.client("codecommit", validate=False)
    fails("RepositoryNamesRequiredException", loose.batch_get_repositories)


def test_list_orders(codecommit):
    for name in ("b", "a", "c"):
        codecommit.create_repository(repositoryName=name)
    codecommit.update_repository_description(repositoryName="a", repositoryDescription="later")

    def names(**arguments):
        return [item["repositoryName"]
                for item in codecommit.list_repositories(**arguments)["repositories"]]
    assert names() == ["a", "b", "c"]
    assert names(sortBy="repositoryName", order="descending") == ["c", "b", "a"]
    assert names(sortBy="lastModifiedDate", order="descending")[0] == "a"
    assert names(sortBy="lastModifiedDate", order="ascending")[-1] == "a"
    fails("InvalidSortByException", codecommit.list_repositories, sortBy="size")
    fails("InvalidOrderException", codecommit.list_repositories, order="up")
    fails("InvalidContinuationTokenException", codecommit.list_repositories, nextToken="x")


def test_tags(account, codecommit):
    arn = codecommit.create_repository(repositoryName="demo")["repositoryMetadata"]["Arn"]
    codecommit.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    codecommit.tag_resource(resourceArn=arn, tags={"b": "3", "c": ""})
    codecommit.untag_resource(resourceArn=arn, tagKeys=["a", "none"])
    assert codecommit.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "3", "c": ""}
    fails("TooManyTagsException", codecommit.tag_resource, resourceArn=arn,
          tags={"t%d" % i: "" for i in range(49)})
    fails("InvalidSystemTagUsageException", codecommit.tag_resource, resourceArn=arn,
          tags={"aws:x": "1"})
    fails("InvalidContinuationTokenException", codecommit.list_tags_for_resource, resourceArn=arn, nextToken="more")
    fails("InvalidResourceArnException", codecommit.list_tags_for_resource, resourceArn="demo")
    fails("RepositoryDoesNotExistException", codecommit.list_tags_for_resource,
          resourceArn=arn + "-not")
    loose = account.client("codecommit", validate=False)
    fails("ResourceArnRequiredException", loose.list_tags_for_resource)
    fails("TagsMapRequiredException", loose.tag_resource, resourceArn=arn)
    fails("TagKeysListRequiredException", loose.untag_resource, resourceArn=arn)


def test_accounts_do_not_see_each_other(codecommit, new_account):
    codecommit.create_repository(repositoryName="demo")
    other = new_account().client("codecommit")
    assert other.list_repositories()["repositories"] == []
    fails("RepositoryDoesNotExistException", other.get_repository, repositoryName="demo")


# ---- Authorization -------------------------------------------------------------------------

def test_each_operation_needs_its_permission(account, codecommit):
    arn = codecommit.create_repository(repositoryName="demo")["repositoryMetadata"]["Arn"]
    user = account.user("dev", {"Effect": "Allow", "Resource": arn, "Action": [
        "codecommit:GetRepository", "codecommit:CreateRepository", "codecommit:BatchGetRepositories"]})
    limited = user.client("codecommit")
    limited.get_repository(repositoryName="demo")
    denied = fails("AccessDeniedException", limited.get_repository, repositoryName="other")
    assert "is not authorized to perform: codecommit:GetRepository on resource: " \
        f"{arn[:-4]}other" in denied
    fails("AccessDeniedException", limited.create_repository, repositoryName="other")
    fails("AccessDeniedException", limited.delete_repository, repositoryName="demo")
    fails("AccessDeniedException", limited.list_repositories)
    fails("AccessDeniedException", limited.update_repository_name, oldName="demo", newName="x")
    fails("AccessDeniedException", limited.batch_get_repositories, repositoryNames=["demo", "other"])
    found = limited.batch_get_repositories(repositoryNames=["demo"])
    assert len(found["repositories"]) == 1


# ---- Keys ----------------------------------------------------------------------------------

def sealed(account, **arguments):
    """CreateRepository with a key: boto3 may not know kmsKeyId yet."""
    return json_call(account, "codecommit", "CodeCommit_20150413.CreateRepository", arguments)


def test_a_repository_under_a_customers_key(account, codecommit):
    kms = account.client("kms")
    key = kms.create_key()["KeyMetadata"]
    answer = sealed(account, repositoryName="demo", kmsKeyId=key["KeyId"])
    assert answer.status == 200, answer.body
    assert answer.json["repositoryMetadata"]["kmsKeyId"] == key["Arn"]
    codecommit.put_file(repositoryName="demo", branchName="main", filePath="a",
                        fileContent=b"secret")
    kms.disable_key(KeyId=key["KeyId"])
    for function, arguments in [
            (codecommit.get_repository, {}),
            (codecommit.list_branches, {}),
            (codecommit.get_branch, {"branchName": "main"}),
            (codecommit.get_file, {"filePath": "a"})]:
        fails("EncryptionKeyDisabledException", function, repositoryName="demo", **arguments)
    codecommit.create_repository(repositoryName="open")
    batch = json_call(account, "codecommit", "CodeCommit_20150413.BatchGetRepositories",
                      {"repositoryNames": ["demo", "open"]}).json
    assert [each["repositoryName"] for each in batch["repositories"]] == ["open"]
    assert [(each["repositoryId"], each["repositoryName"], each["errorCode"])
            for each in batch["errors"]] == [
        (answer.json["repositoryMetadata"]["repositoryId"], "demo", "EncryptionKeyDisabledException")]
    kms.enable_key(KeyId=key["KeyId"])
    assert codecommit.get_file(repositoryName="demo", filePath="a")["fileContent"] == b"secret"
    kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
    fails("EncryptionKeyUnavailableException", codecommit.get_file, repositoryName="demo",
          filePath="a")
    codecommit.delete_repository(repositoryName="demo")


def test_a_key_may_be_limited_to_what_codecommit_asks_for(account):
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    assert sealed(account, repositoryName="demo", kmsKeyId=key).status == 200
    for service in ("codecommit", "s3"):
        via = {"StringEquals": {"kms:ViaService": "%s.%s.amazonaws.com" % (service, account.server.region)}}
        user = account.user(service, {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"},
                            {"Effect": "Allow", "Action": "kms:*", "Resource": key, "Condition": via})
        status = sealed(user, repositoryName="for-" + service, kmsKeyId=key).status
        if service == "codecommit":
            assert status == 200
            assert user.client("codecommit").list_branches(repositoryName="demo")["branches"] == []
        else:
            assert status == 400
            fails("EncryptionKeyAccessDeniedException", user.client("codecommit").list_branches,
                  repositoryName="demo")


def test_keys_that_cannot_be_used(account):
    kms = account.client("kms")
    disabled = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.disable_key(KeyId=disabled)
    pair = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["KeyId"]
    for key, code in [(pair, "EncryptionKeyInvalidUsageException"),
                      ("11111111-2222-3333-4444-555555555555", "EncryptionKeyNotFoundException"),
                      (disabled, "EncryptionKeyDisabledException")]:
        answer = sealed(account, repositoryName="demo", kmsKeyId=key)
        assert (answer.status, answer.json["__type"].split("#")[-1]) == (400, code)


def test_the_caller_needs_the_key(account, codecommit):
    key = account.client("kms").create_key()["KeyMetadata"]["KeyId"]
    assert sealed(account, repositoryName="demo", kmsKeyId=key).status == 200
    codecommit.put_file(repositoryName="demo", branchName="main", filePath="a", fileContent=b"x")
    user = account.user("dev", {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"})
    fails("EncryptionKeyAccessDeniedException", user.client("codecommit").get_file,
          repositoryName="demo", filePath="a")
    account.client("iam").put_user_policy(UserName="dev", PolicyName="key", PolicyDocument=json.dumps({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}))
    assert user.client("codecommit").get_file(
        repositoryName="demo", filePath="a")["fileContent"] == b"x"
