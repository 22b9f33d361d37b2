"""KMS: tags and descriptions of keys, names of policies."""
import pytest

from errors import code_of, error_of
from kms_support import key, kms  # noqa: F401

TAG = {"TagKey": "team", "TagValue": "shop"}


def tags_of(kms, key):
    return {t["TagKey"]: t["TagValue"] for t in kms.list_resource_tags(KeyId=key["KeyId"])["Tags"]}


def test_tags_come_change_and_go(kms):
    key = kms.create_key(Tags=[TAG])["KeyMetadata"]
    kms.tag_resource(KeyId=key["Arn"], Tags=[{"TagKey": "env", "TagValue": "test"}, {"TagKey": "team", "TagValue": ""}])
    assert tags_of(kms, key) == {"env": "test", "team": ""}
    kms.untag_resource(KeyId=key["KeyId"], TagKeys=["team", "none"])
    assert tags_of(kms, key) == {"env": "test"}


def test_tags_are_listed_in_pages(kms, key):
    kms.tag_resource(KeyId=key["KeyId"], Tags=[{"TagKey": "t%d" % i, "TagValue": ""} for i in range(5)])
    pages = list(kms.get_paginator("list_resource_tags").paginate(
        KeyId=key["KeyId"], PaginationConfig={"PageSize": 2}))
    assert [[t["TagKey"] for t in page["Tags"]] for page in pages] == [["t0", "t1"], ["t2", "t3"], ["t4"]]
    assert code_of(kms.list_resource_tags, KeyId=key["KeyId"], Marker="nonsense") == "InvalidMarkerException"


@pytest.mark.parametrize("tags, message", [
    ([{"TagKey": "aws:x", "TagValue": ""}], "Tags beginning with aws: are reserved for system use"),
    ([TAG, TAG], "Duplicate tag keys"),
    ([{"TagKey": "t%d" % i, "TagValue": ""} for i in range(50)], "Too many tags"),
])
def test_tags_that_are_refused(kms, tags, message):
    key = kms.create_key(Tags=[TAG])["KeyMetadata"]
    assert error_of(kms.tag_resource, KeyId=key["KeyId"], Tags=tags) == {"Code": "TagException", "Message": message}
    assert tags_of(kms, key) == {"team": "shop"}


def test_a_key_has_fifty_tags_at_most(kms, key):
    fifty = [{"TagKey": "t%d" % i, "TagValue": str(i)} for i in range(50)]
    kms.tag_resource(KeyId=key["KeyId"], Tags=fifty)
    kms.tag_resource(KeyId=key["KeyId"], Tags=fifty)
    assert len(tags_of(kms, key)) == 50


def test_a_description_changes(kms, key):
    kms.update_key_description(KeyId=key["KeyId"], Description="another")
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == "another"


def test_the_only_policy_is_called_default(kms, key):
    answer = kms.list_key_policies(KeyId=key["Arn"])
    assert (answer["PolicyNames"], answer["Truncated"]) == (["default"], False)


CHANGES = [("tag_resource", {"Tags": [TAG]}), ("untag_resource", {"TagKeys": ["team"]}),
           ("update_key_description", {"Description": "x"})]


@pytest.mark.parametrize("call, arguments", CHANGES)
def test_a_key_that_is_to_be_deleted_does_not_change(kms, key, call, arguments):
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    error = error_of(getattr(kms, call), KeyId=key["KeyId"], **arguments)
    assert error == {"Code": "KMSInvalidStateException", "Message": "%s is pending deletion." % key["Arn"]}


@pytest.mark.parametrize("call, arguments", CHANGES + [("list_resource_tags", {}), ("list_key_policies", {})])
def test_tags_and_descriptions_need_permission(account, kms, key, call, arguments):
    nobody = account.user("nobody").client("kms")
    error = error_of(getattr(nobody, call), KeyId=key["KeyId"], **arguments)
    assert error["Code"] == "AccessDeniedException" and key["Arn"] in error["Message"]
    assert tags_of(kms, key) == {}
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == "a key"
