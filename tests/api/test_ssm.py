"""Parameter Store: values, versions, labels, hierarchies, tags."""
import base64
import json

import pytest

from errors import code_of, error, error_of, fails


@pytest.fixture
def ssm(account):
    return account.client("ssm")


@pytest.fixture
def kms(account):
    return account.client("kms")


def put(ssm, name="/app/url", value="v", kind="String", **more):
    return ssm.put_parameter(Name=name, Value=value, Type=kind, **more)["Version"]


def get(ssm, name="/app/url", decrypt=False):
    return ssm.get_parameter(Name=name, WithDecryption=decrypt)["Parameter"]


def arn(account, name):
    return "arn:aws:ssm:%s:%s:parameter/%s" % (account.server.region, account.id, name.lstrip("/"))


def allow(*actions, resource="*", **more):
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def user(account, *statements, name="dev"):
    return account.user(name, *statements)


# ---- Values and versions

@pytest.mark.parametrize("kind, value", [("String", "http://x"), ("StringList", "a,b,c")])
def test_a_parameter(account, ssm, kind, value):
    assert put(ssm, value=value, kind=kind) == 1
    found = get(ssm)
    assert (found["Name"], found["Type"], found["Value"], found["Version"], found["DataType"]) == (
        "/app/url", kind, value, 1, "text")
    assert found["ARN"] == arn(account, "/app/url")
    assert get(ssm, found["ARN"])["Value"] == value


def test_an_overwrite_is_a_new_version(ssm):
    put(ssm, value="one")
    assert error(put, ssm, value="two") == (
        "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option "
        "in the request to true.")
    assert put(ssm, value="two", Overwrite=True) == 2
    assert get(ssm)["Value"] == "two"
    old = get(ssm, "/app/url:1")
    assert (old["Value"], old["Version"], old["Selector"]) == ("one", 1, ":1")
    assert fails("ParameterVersionNotFound", get, ssm, "/app/url:3") == (
        "Systems Manager could not find version 3 of /app/url. Verify the version and try again.")


def test_a_secure_string_is_shown_only_decrypted(account, ssm):
    put(ssm, value="hush", kind="SecureString")
    assert get(ssm, decrypt=True)["Value"] == "hush"
    sealed = get(ssm)["Value"]
    assert b"hush" not in base64.b64decode(sealed)
    described, = ssm.describe_parameters()["Parameters"]
    assert described["KeyId"] == "alias/aws/ssm"
    assert account.client("kms").describe_key(KeyId="alias/aws/ssm")["KeyMetadata"]["KeyManager"] == "AWS"


def test_a_secure_string_needs_the_key_of_the_customer(account, ssm, kms):
    key = kms.create_key()["KeyMetadata"]["Arn"]
    put(ssm, value="hush", kind="SecureString", KeyId=key)
    assert get(ssm, decrypt=True)["Value"] == "hush"
    reader = user(account, allow("ssm:*")).client("ssm")
    assert get(reader)["Name"] == "/app/url"
    assert "is not authorized to perform: kms:Decrypt on resource: " + key in fails(
        "AccessDeniedException", get, reader, decrypt=True)
    assert "kms:Encrypt" in fails(
        "AccessDeniedException", put, reader, "/app/b", kind="SecureString", KeyId=key)
    assert "kms:GenerateDataKey" in fails(
        "AccessDeniedException", put, reader, "/app/b", kind="SecureString", KeyId=key, Tier="Advanced")
    kms.disable_key(KeyId=key)
    assert code_of(get, ssm, decrypt=True) == "InvalidKeyId"
    pair = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]
    for unfit in ("alias/none", pair):
        assert code_of(put, ssm, "/app/c", kind="SecureString", KeyId=unfit) == "InvalidKeyId"


@pytest.mark.parametrize("name, more", [
    ("ViaService", {"StringEquals": {"kms:ViaService": "ssm.{region}.amazonaws.com"}}),
    ("context", {"StringEquals": {"kms:EncryptionContext:PARAMETER_ARN": "{arn}"}}),
])
def test_the_key_may_be_limited_to_the_service_and_the_parameter(account, ssm, kms, name, more):
    key = kms.create_key()["KeyMetadata"]["Arn"]
    put(ssm, "/app/a", "hush", kind="SecureString", KeyId=key)
    put(ssm, "/app/b", "hush", kind="SecureString", KeyId=key)
    condition = json.loads(json.dumps(more).replace("{region}", account.server.region).replace(
        "{arn}", arn(account, "/app/a")))
    limited = user(account, allow("ssm:*"), allow("kms:Decrypt", resource=key, Condition=condition))
    assert get(limited.client("ssm"), "/app/a", decrypt=True)["Value"] == "hush"
    blob = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
    assert code_of(limited.client("kms").decrypt, CiphertextBlob=blob) == "AccessDeniedException"
    if name == "context":
        assert code_of(get, limited.client("ssm"), "/app/b", decrypt=True) == "AccessDeniedException"


@pytest.mark.parametrize("name, code", [
    ("aws.x", "ValidationException"), ("/SSM/x", "ValidationException"), ("a/b", "ValidationException"),
    ("/a//b", "ValidationException"), ("/a/", "ValidationException"), ("/a b", "ValidationException"),
    ("/a" * 16, "HierarchyLevelLimitExceededException"), ("a" * 1012, "ValidationException"),
])
def test_names_that_no_parameter_may_have(ssm, name, code):
    assert code_of(put, ssm, name) == code
    assert ssm.describe_parameters()["Parameters"] == []


@pytest.mark.parametrize("arguments, code", [
    ({"DataType": "aws:ec2:image"}, "ValidationException"),
    ({"KeyId": "alias/k"}, "ValidationException"),
    ({"AllowedPattern": "^\\d+$"}, "ParameterPatternMismatchException"),
    ({"AllowedPattern": "("}, "InvalidAllowedPatternException"),
    ({"value": "{{ssm:x}}"}, "ValidationException"),
    ({"value": "x" * 4097}, "ValidationException"),
    ({"value": "x" * 8193, "Tier": "Advanced"}, "ValidationException"),
    ({"Tags": [{"Key": "a", "Value": "b"}], "Overwrite": True}, "ValidationException"),
    ({"Tags": [{"Key": "aws:a", "Value": "b"}]}, "ValidationException"),
])
def test_parameters_that_cannot_be_made(ssm, arguments, code):
    assert code_of(put, ssm, **arguments) == code
    assert ssm.describe_parameters()["Parameters"] == []


def test_a_new_parameter_needs_a_type_and_keeps_it(ssm):
    assert fails("ValidationException", ssm.put_parameter, Name="a", Value="v") == (
        "A parameter type is required when you create a parameter.")
    put(ssm)
    assert ssm.put_parameter(Name="/app/url", Value="w", Overwrite=True)["Version"] == 2
    assert code_of(put, ssm, kind="SecureString", Overwrite=True) == "HierarchyTypeMismatchException"


def test_the_pattern_stays_in_force(ssm):
    put(ssm, value="12", AllowedPattern="^\\d+$")
    assert fails("ParameterPatternMismatchException", put, ssm, value="no", Overwrite=True) == (
        "Parameter value, cannot be validated against allowedPattern: ^\\d+$")
    assert put(ssm, value="13", Overwrite=True) == 2


def test_tiers(ssm):
    assert ssm.put_parameter(Name="a", Value="x" * 4096, Type="String")["Tier"] == "Standard"
    assert ssm.put_parameter(Name="a", Value="x" * 8192, Overwrite=True, Tier="Advanced")["Tier"] == "Advanced"
    assert fails("ValidationException", ssm.put_parameter, Name="a", Value="x", Overwrite=True,
                 Tier="Standard").startswith("This parameter uses the advanced-parameter tier.")
    smart = ssm.put_parameter(Name="b", Value="x" * 5000, Type="String", Tier="Intelligent-Tiering")
    assert smart["Tier"] == "Advanced"
    smart = ssm.put_parameter(Name="c", Value="x", Type="String", Tier="Intelligent-Tiering")
    assert smart["Tier"] == "Standard"


# ---- Reading many

def test_get_parameters_says_which_are_not_there(ssm):
    put(ssm, "a", "1")
    put(ssm, "b", "2")
    answer = ssm.get_parameters(Names=["b", "none", "a", "a:1", "a:7"])
    assert [p["Value"] for p in answer["Parameters"]] == ["2", "1", "1"]
    assert answer["InvalidParameters"] == ["none", "a:7"]


def test_get_parameters_by_path(ssm):
    for name in ("/a/1", "/a/2", "/a/b/3", "/ab", "/b/1", "plain"):
        put(ssm, name)

    def names(path, **more):
        return [p["Name"] for p in ssm.get_parameters_by_path(Path=path, **more)["Parameters"]]

    assert names("/a") == names("/a/") == ["/a/1", "/a/2"]
    assert names("/a", Recursive=True) == ["/a/1", "/a/2", "/a/b/3"]
    assert names("/") == ["/ab", "plain"]
    assert names("/none") == []
    page = ssm.get_parameters_by_path(Path="/a", Recursive=True, MaxResults=2)
    assert [p["Name"] for p in page["Parameters"]] == ["/a/1", "/a/2"]
    page = ssm.get_parameters_by_path(Path="/a", Recursive=True, MaxResults=2, NextToken=page["NextToken"])
    assert [p["Name"] for p in page["Parameters"]] == ["/a/b/3"]
    assert "NextToken" not in page
    assert code_of(ssm.get_parameters_by_path, Path="a") == "ValidationException"
    assert code_of(ssm.get_parameters_by_path, Path="/a", NextToken="x") == "InvalidNextToken"


def test_get_parameters_by_path_filters(ssm):
    put(ssm, "/a/1", "old")
    put(ssm, "/a/1", "new", Overwrite=True)
    put(ssm, "/a/2", kind="SecureString")
    ssm.label_parameter_version(Name="/a/1", ParameterVersion=1, Labels=["prod"])

    def found(key, *values, **more):
        answer = ssm.get_parameters_by_path(Path="/a", ParameterFilters=[{"Key": key, "Values": values, **more}])
        return [(p["Name"], p["Version"]) for p in answer["Parameters"]]

    assert found("Type", "SecureString") == [("/a/2", 1)]
    assert found("KeyId", "alias/aws", Option="BeginsWith") == [("/a/2", 1)]
    assert found("Label", "prod") == [("/a/1", 1)]
    assert code_of(found, "Name", "/a/1") == "InvalidFilterKey"
    assert found("Type", "Secure", Option="BeginsWith") == [("/a/2", 1)]
    assert fails("InvalidFilterOption", found, "Type", "String", Option="Contains") == (
        "The following filter option is not valid: Contains. Valid options include: [BeginsWith, Equals].")
    assert code_of(found, "Label", "prod", Option="BeginsWith") == "InvalidFilterOption"


def test_describe_parameters_filters(ssm):
    put(ssm, "/a/one", Tags=[{"Key": "team", "Value": "red"}], Description="first")
    put(ssm, "/a/b/two", kind="SecureString")
    put(ssm, "three", Tier="Advanced")

    def found(key, *values, **more):
        filters = [{"Key": key, **({"Values": values} if values else {}), **more}]
        return [p["Name"] for p in ssm.describe_parameters(ParameterFilters=filters)["Parameters"]]

    assert found("Name", "/a/one") == found("Name", "a/o", Option="BeginsWith") == ["/a/one"]
    assert found("Name", "o", Option="Contains") == ["/a/b/two", "/a/one"]
    assert found("Type", "SecureString", "StringList") == ["/a/b/two"]
    assert found("Path", "/a") == ["/a/one"]
    assert found("Path", "/a", Option="Recursive") == ["/a/b/two", "/a/one"]
    assert found("Tier", "Advanced") == ["three"]
    assert found("tag:team") == found("tag:team", "red") == ["/a/one"]
    assert found("tag:team", "blue") == []
    assert found("Tier", "Adv", Option="BeginsWith") == ["three"]
    assert found("tag:team", "r", Option="BeginsWith") == ["/a/one"]
    assert found("DataType", "text") == ["/a/b/two", "/a/one", "three"]
    assert code_of(found, "Label", "x") == "InvalidFilterKey"
    assert code_of(found, "Path", "/a", Option="Equals") == "InvalidFilterOption"
    assert code_of(found, "Path", "a") == "ValidationException"
    assert code_of(found, "Type") == "InvalidFilterValue"
    old = ssm.describe_parameters(Filters=[{"Key": "Name", "Values": ["/a/"]}])["Parameters"]
    assert [p["Name"] for p in old] == ["/a/b/two", "/a/one"]
    assert old[1]["Description"] == "first"
    assert "Value" not in old[1]


def test_describe_parameters_comes_in_pages(ssm):
    for i in range(5):
        put(ssm, "p%d" % i)
    pages = ssm.get_paginator("describe_parameters").paginate(PaginationConfig={"PageSize": 2})
    assert [[p["Name"] for p in page["Parameters"]] for page in pages] == [["p0", "p1"], ["p2", "p3"], ["p4"]]


# ---- History and labels

def test_the_history(account, ssm):
    put(ssm, value="one", Description="d")
    put(ssm, value="two", Overwrite=True)
    ssm.label_parameter_version(Name="/app/url", ParameterVersion=1, Labels=["b", "a"])
    history = ssm.get_parameter_history(Name="/app/url")["Parameters"]
    assert [(v["Version"], v["Value"], v["Labels"]) for v in history] == [(1, "one", ["a", "b"]), (2, "two", [])]
    assert history[0]["LastModifiedUser"].startswith("arn:aws:iam::" + account.id)
    page = ssm.get_parameter_history(Name="/app/url", MaxResults=1)
    assert [v["Version"] for v in page["Parameters"]] == [1]
    page = ssm.get_parameter_history(Name="/app/url", MaxResults=1, NextToken=page["NextToken"])
    assert [v["Version"] for v in page["Parameters"]] == [2]
    assert "NextToken" not in page
    assert code_of(ssm.get_parameter_history, Name="none") == "ParameterNotFound"


def test_the_oldest_of_a_hundred_versions_goes_unless_it_is_labelled(ssm):
    put(ssm)
    for _ in range(99):
        put(ssm, Overwrite=True)
    assert put(ssm, Overwrite=True) == 101
    assert code_of(get, ssm, "/app/url:1") == "ParameterVersionNotFound"
    ssm.label_parameter_version(Name="/app/url", ParameterVersion=2, Labels=["keep"])
    assert "Version 2, the oldest version, can't be deleted" in fails(
        "ParameterMaxVersionLimitExceeded", put, ssm, Overwrite=True)
    assert get(ssm)["Version"] == 101


def test_a_label_moves(ssm):
    put(ssm, value="one")
    put(ssm, value="two", Overwrite=True)
    assert ssm.label_parameter_version(Name="/app/url", Labels=["prod"])["ParameterVersion"] == 2
    assert get(ssm, "/app/url:prod")["Value"] == "two"
    ssm.label_parameter_version(Name="/app/url", ParameterVersion=1, Labels=["prod"])
    found = get(ssm, "/app/url:prod")
    assert (found["Value"], found["Selector"]) == ("one", ":prod")
    removed = ssm.unlabel_parameter_version(Name="/app/url", ParameterVersion=1, Labels=["prod", "none"])
    assert (removed["RemovedLabels"], removed["InvalidLabels"]) == (["prod"], ["none"])
    assert code_of(get, ssm, "/app/url:prod") == "ParameterVersionNotFound"


def test_labels_that_are_refused(ssm):
    put(ssm)
    answer = ssm.label_parameter_version(Name="/app/url", Labels=["1st", "aws-x", "SSMx", "a b", "good"])
    assert answer["InvalidLabels"] == ["1st", "aws-x", "SSMx", "a b"]
    ssm.label_parameter_version(Name="/app/url", Labels=["l%d" % i for i in range(9)])
    assert code_of(ssm.label_parameter_version, Name="/app/url", Labels=["more"]) == (
        "ParameterVersionLabelLimitExceeded")
    assert code_of(ssm.label_parameter_version, Name="/app/url", ParameterVersion=9, Labels=["x"]) == (
        "ParameterVersionNotFound")
    assert code_of(ssm.label_parameter_version, Name="none", Labels=["x"]) == "ParameterNotFound"


# ---- Deleting and tags

def test_delete(ssm):
    put(ssm, "a")
    put(ssm, "b")
    ssm.delete_parameter(Name="a")
    assert error_of(get, ssm, "a") == {"Code": "ParameterNotFound", "Message": "Parameter a not found."}
    assert code_of(ssm.delete_parameter, Name="a") == "ParameterNotFound"
    answer = ssm.delete_parameters(Names=["a", "b"])
    assert (answer["DeletedParameters"], answer["InvalidParameters"]) == (["b"], ["a"])
    assert put(ssm, "a") == 1


def test_tags(ssm):
    put(ssm, "a", Tags=[{"Key": "k", "Value": "1"}])
    ssm.add_tags_to_resource(ResourceType="Parameter", ResourceId="a", Tags=[{"Key": "l", "Value": "2"}])
    ssm.remove_tags_from_resource(ResourceType="Parameter", ResourceId="a", TagKeys=["k"])
    assert ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="a")["TagList"] == [
        {"Key": "l", "Value": "2"}]
    assert code_of(ssm.list_tags_for_resource, ResourceType="Parameter", ResourceId="z") == "InvalidResourceId"
    assert code_of(ssm.list_tags_for_resource, ResourceType="Document", ResourceId="a") == "InvalidResourceType"
    many = [{"Key": "t%d" % i, "Value": "v"} for i in range(50)]
    assert code_of(ssm.add_tags_to_resource, ResourceType="Parameter", ResourceId="a", Tags=many) == (
        "TooManyTagsError")


# ---- Who may

@pytest.mark.parametrize("operation, arguments", [
    ("get_parameter", {"Name": "/app/url"}),
    ("get_parameters", {"Names": ["/app/url"]}),
    ("get_parameters_by_path", {"Path": "/app/url"}),
    ("get_parameter_history", {"Name": "/app/url"}),
    ("put_parameter", {"Name": "/app/url", "Value": "v", "Overwrite": True}),
    ("label_parameter_version", {"Name": "/app/url", "Labels": ["x"]}),
    ("unlabel_parameter_version", {"Name": "/app/url", "Labels": ["x"], "ParameterVersion": 1}),
    ("delete_parameter", {"Name": "/app/url"}),
    ("delete_parameters", {"Names": ["/app/url"]}),
    ("add_tags_to_resource", {"ResourceType": "Parameter", "ResourceId": "/app/url",
                              "Tags": [{"Key": "a", "Value": "b"}]}),
    ("remove_tags_from_resource", {"ResourceType": "Parameter", "ResourceId": "/app/url", "TagKeys": ["a"]}),
    ("list_tags_for_resource", {"ResourceType": "Parameter", "ResourceId": "/app/url"}),
])
def test_each_operation_needs_its_permission_on_the_parameter(account, ssm, operation, arguments):
    put(ssm)
    action = "ssm:" + "".join(word.title() for word in operation.split("_"))
    allowed = user(account, allow(action, resource=arn(account, "/app/url"))).client("ssm")
    getattr(allowed, operation)(**arguments)
    denied = user(account, allow("ssm:*", resource=arn(account, "/other/*")), name="other").client("ssm")
    message = fails("AccessDeniedException", getattr(denied, operation), **arguments)
    assert "is not authorized to perform: %s on resource: %s" % (action, arn(account, "/app/url")) in message


def test_describing_needs_permission(account):
    assert code_of(user(account, allow("iam:*")).client("ssm").describe_parameters) == "AccessDeniedException"


def test_a_tag_may_decide(account, ssm):
    put(ssm, "a", Tags=[{"Key": "team", "Value": "red"}])
    put(ssm, "b", Tags=[{"Key": "team", "Value": "blue"}])
    reader = user(account, allow("ssm:GetParameter", Condition={
        "StringEquals": {"aws:ResourceTag/team": "red"}})).client("ssm")
    assert get(reader, "a")["Name"] == "a"
    assert code_of(get, reader, "b") == "AccessDeniedException"


def test_accounts_and_regions_are_apart(account, new_account, ssm):
    put(ssm, "a")
    assert code_of(get, account.client("ssm", region="eu-west-3"), "a") == "ParameterNotFound"
    assert code_of(get, new_account().client("ssm"), "a") == "ParameterNotFound"
    assert code_of(get, new_account().client("ssm"), arn(account, "a")) in (
        "ParameterNotFound", "AccessDeniedException")


def test_other_operations_say_that_they_are_not_supported(ssm):
    assert "not supported" in error_of(ssm.list_documents)["Message"]


def test_no_value_is_in_the_trail(account, ssm):
    put(ssm, "a", "hush-hush", kind="SecureString")
    trail = account.client("cloudtrail")
    events = trail.lookup_events(LookupAttributes=[
        {"AttributeKey": "EventName", "AttributeValue": "PutParameter"}])["Events"]
    assert len(events) == 1
    assert "hush-hush" not in events[0]["CloudTrailEvent"]
