from errors import code_of
from s3_support import new_bucket

KEYS = ["a", "a/1", "a/2", "a/b/1", "b", "b/1", "c d", "z/é/1", "z/é/2", "é"]


def fill(s3, name, keys):
    for key in keys:
        s3.put_object(Bucket=name, Key=key, Body=key.encode())


def names(answer):
    return ([o["Key"] for o in answer.get("Contents", [])],
            [p["Prefix"] for p in answer.get("CommonPrefixes", [])])


def test_keys_come_in_the_order_of_their_bytes(account):
    s3, name = new_bucket(account)
    fill(s3, name, reversed(KEYS))
    answer = s3.list_objects_v2(Bucket=name)
    assert names(answer) == (sorted(KEYS, key=str.encode), [])
    assert answer["KeyCount"] == len(KEYS) and not answer["IsTruncated"]
    assert answer["Contents"][0]["Size"] == 1
    assert names(s3.list_objects(Bucket=name)) == names(answer)


def test_prefix_and_delimiter(account):
    s3, name = new_bucket(account)
    fill(s3, name, KEYS)
    assert names(s3.list_objects_v2(Bucket=name, Delimiter="/")) == (
        ["a", "b", "c d", "é"], ["a/", "b/", "z/"])
    assert names(s3.list_objects_v2(Bucket=name, Delimiter="/", Prefix="a/")) == (
        ["a/1", "a/2"], ["a/b/"])
    assert names(s3.list_objects_v2(Bucket=name, Delimiter="/", Prefix="z/")) == ([], ["z/é/"])
    assert names(s3.list_objects_v2(Bucket=name, Prefix="none")) == ([], [])
    assert names(s3.list_objects_v2(Bucket=name, StartAfter="b/1")) == (
        ["c d", "z/é/1", "z/é/2", "é"], [])


def test_pages_show_everything_once(account):
    s3, name = new_bucket(account)
    fill(s3, name, KEYS)
    for size in (1, 2, 3):
        for delimiter in ({}, {"Delimiter": "/"}):
            whole = names(s3.list_objects_v2(Bucket=name, **delimiter))
            for operation in ("list_objects_v2", "list_objects"):
                keys, prefixes = [], []
                for page in s3.get_paginator(operation).paginate(
                        Bucket=name, PaginationConfig={"PageSize": size}, **delimiter):
                    part = names(page)
                    assert len(part[0]) + len(part[1]) <= size
                    keys += part[0]
                    prefixes += part[1]
                assert (keys, prefixes) == whole


def test_many_keys_below_one_prefix_are_skipped(account):
    s3, name = new_bucket(account)
    fill(s3, name, ["p/%03d" % i for i in range(100)] + ["q/%03d" % i for i in range(100)] + ["r"])
    assert names(s3.list_objects_v2(Bucket=name, Delimiter="/")) == (["r"], ["p/", "q/"])


def test_limits_and_bad_arguments(account):
    s3, name = new_bucket(account)
    fill(s3, name, ["a"])
    answer = s3.list_objects_v2(Bucket=name, MaxKeys=0)
    assert names(answer) == ([], []) and not answer["IsTruncated"]
    assert s3.list_objects_v2(Bucket=name, MaxKeys=5000)["MaxKeys"] == 1000
    assert code_of(s3.list_objects_v2, Bucket=name, MaxKeys=-1) == "InvalidArgument"
    assert code_of(s3.list_objects_v2, Bucket=name, ContinuationToken="x") == "InvalidArgument"
    assert "Owner" not in s3.list_objects_v2(Bucket=name)["Contents"][0]
    assert s3.list_objects_v2(Bucket=name, FetchOwner=True)["Contents"][0]["Owner"]["ID"]


def test_versions(account):
    s3, name = new_bucket(account)
    assert "Status" not in s3.get_bucket_versioning(Bucket=name)
    s3.put_object(Bucket=name, Key="a", Body=b"null")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    one = s3.put_object(Bucket=name, Key="a", Body=b"one")["VersionId"]
    two = s3.put_object(Bucket=name, Key="a", Body=b"two")["VersionId"]
    get = lambda v: s3.get_object(Bucket=name, Key="a", VersionId=v)["Body"].read()
    assert (get("null"), get(one), get(two)) == (b"null", b"one", b"two")
    answer = s3.delete_object(Bucket=name, Key="a")
    marker = answer["VersionId"]
    assert answer["DeleteMarker"]
    assert code_of(s3.get_object, Bucket=name, Key="a") == "NoSuchKey"
    assert code_of(s3.get_object, Bucket=name, Key="a", VersionId=marker) == "MethodNotAllowed"
    assert "Contents" not in s3.list_objects_v2(Bucket=name)
    listed = s3.list_object_versions(Bucket=name)
    assert [v["VersionId"] for v in listed["Versions"]] == [two, one, "null"]
    assert [(m["VersionId"], m["IsLatest"]) for m in listed["DeleteMarkers"]] == [(marker, True)]
    s3.delete_object(Bucket=name, Key="a", VersionId=marker)
    assert s3.get_object(Bucket=name, Key="a")["Body"].read() == b"two"
    s3.delete_object(Bucket=name, Key="a", VersionId=two)
    assert s3.get_object(Bucket=name, Key="a")["VersionId"] == one
    assert code_of(s3.get_object, Bucket=name, Key="a", VersionId=two) == "NoSuchVersion"
    assert code_of(s3.get_object, Bucket=name, Key="a", VersionId="x") == "InvalidArgument"


def test_suspended_versioning_replaces_the_null_version(account):
    s3, name = new_bucket(account)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    one = s3.put_object(Bucket=name, Key="a", Body=b"one")["VersionId"]
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=name, Key="a", Body=b"n1")
    s3.put_object(Bucket=name, Key="a", Body=b"n2")
    versions = s3.list_object_versions(Bucket=name)["Versions"]
    assert [v["VersionId"] for v in versions] == ["null", one]
    assert s3.delete_object(Bucket=name, Key="a")["VersionId"] == "null"
    listed = s3.list_object_versions(Bucket=name)
    assert [v["VersionId"] for v in listed["Versions"]] == [one]
    assert [m["VersionId"] for m in listed["DeleteMarkers"]] == ["null"]


def test_versions_can_be_deleted_while_they_are_listed(account):
    s3, name = new_bucket(account)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    for key in ("a", "b/1", "b/2"):
        for _ in range(3):
            s3.put_object(Bucket=name, Key=key, Body=b"x")
        s3.delete_object(Bucket=name, Key=key)
    found = 0
    for page in s3.get_paginator("list_object_versions").paginate(
            Bucket=name, PaginationConfig={"PageSize": 2}):
        for v in page.get("Versions", []) + page.get("DeleteMarkers", []):
            s3.delete_object(Bucket=name, Key=v["Key"], VersionId=v["VersionId"])
            found += 1
    assert found == 12
    s3.delete_bucket(Bucket=name)
