"""CodeCommit: branches, commits, files, differences."""
import pytest

import errors

NOWHERE = "1" * 40


def fails(code, function, **arguments):
    return errors.fails(code, function, repositoryName="demo", **arguments)


class Demo:
    """The repository "demo" of a client."""

    def __init__(self, client):
        self.client = client

    def __getattr__(self, name):
        return lambda **arguments: getattr(self.client, name)(repositoryName="demo", **arguments)

    def put(self, path, content, **arguments):
        """The commit that PutFile made on main."""
        try:
            tip = self.get_branch(branchName="main")["branch"]["commitId"]
            arguments.setdefault("parentCommitId", tip)
        except self.client.exceptions.BranchDoesNotExistException:
            pass
        return self.put_file(branchName="main", filePath=path, fileContent=content,
                             **arguments)["commitId"]


@pytest.fixture
def codecommit(account):
    client = account.client("codecommit")
    client.create_repository(repositoryName="demo")
    return client


@pytest.fixture
def demo(codecommit):
    return Demo(codecommit)


@pytest.fixture
def loose(account):
    return account.client("codecommit", validate=False)


# ---- Files -----------------------------------------------------------------------------------

def test_put_and_get_file(demo):
    made = demo.put_file(branchName="main", filePath="a/b.txt", fileContent=b"one\x00\xff",
                         commitMessage="first", name="A U Thor", email="a@example.com")
    found = demo.get_file(filePath="a/b.txt")
    assert found["fileContent"] == b"one\x00\xff"
    assert (found["commitId"], found["blobId"]) == (made["commitId"], made["blobId"])
    assert (found["fileSize"], found["fileMode"], found["filePath"]) == (5, "NORMAL", "a/b.txt")
    assert demo.get_blob(blobId=made["blobId"])["content"] == b"one\x00\xff"
    commit = demo.get_commit(commitId=made["commitId"])["commit"]
    assert (commit["message"].rstrip(), commit["treeId"]) == ("first", made["treeId"])
    assert (commit["author"]["name"], commit["author"]["email"]) == ("A U Thor", "a@example.com")
    assert commit["parents"] == []
    second = demo.put("a/b.txt", b"two", fileMode="EXECUTABLE")
    assert demo.get_commit(commitId=second)["commit"]["parents"] == [made["commitId"]]
    assert demo.get_file(filePath="/a/b.txt")["fileMode"] == "EXECUTABLE"
    assert demo.get_file(filePath="a/b.txt", commitSpecifier=made["commitId"])["fileSize"] == 5
    assert demo.get_file(filePath="a/b.txt", commitSpecifier="refs/heads/main")["fileSize"] == 3


def test_put_file_refuses(codecommit, demo, loose):
    first = demo.put("a/b", b"x")
    second = demo.put("c", b"x")
    put = codecommit.put_file
    good = {"branchName": "main", "filePath": "n", "fileContent": b"n", "parentCommitId": second}
    for code, changed in [
            ("ParentCommitIdOutdatedException", {"parentCommitId": first}),
            ("InvalidParentCommitIdException", {"parentCommitId": "xyz"}),
            ("ParentCommitDoesNotExistException", {"parentCommitId": NOWHERE}),
            ("BranchDoesNotExistException", {"branchName": "none"}),
            ("InvalidBranchNameException", {"branchName": "a..b"}),
            ("InvalidPathException", {"filePath": "a//b"}),
            ("InvalidPathException", {"filePath": "../b"}),
            ("SameFileContentException", {"filePath": "c", "fileContent": b"x"}),
            ("FileNameConflictsWithDirectoryNameException", {"filePath": "a"}),
            ("DirectoryNameConflictsWithFileNameException", {"filePath": "c/d"}),
            ("InvalidFileModeException", {"fileMode": "FIFO"}),
            ("FileContentSizeLimitExceededException", {"fileContent": b"x" * ((6 << 20) + 1)})]:
        fails(code, put, **dict(good, **changed))
    for code, missing in [("ParentCommitIdRequiredException", "parentCommitId"),
                          ("FileContentRequiredException", "fileContent"),
                          ("PathRequiredException", "filePath"),
                          ("BranchNameRequiredException", "branchName")]:
        fails(code, loose.put_file, **{k: v for k, v in good.items() if k != missing})
    assert demo.get_branch(branchName="main")["branch"]["commitId"] == second
    put(repositoryName="demo", **good)


def test_get_file_refuses(codecommit, demo, loose):
    fails("CommitDoesNotExistException", codecommit.get_file, filePath="a")
    commit = demo.put("a/b", b"x")
    fails("FileDoesNotExistException", codecommit.get_file, filePath="a")
    fails("FileDoesNotExistException", codecommit.get_file, filePath="none")
    fails("InvalidPathException", codecommit.get_file, filePath="a/../a/b")
    fails("CommitDoesNotExistException", codecommit.get_file, filePath="a/b",
          commitSpecifier=NOWHERE)
    fails("PathRequiredException", loose.get_file)
    fails("BlobIdDoesNotExistException", codecommit.get_blob, blobId=NOWHERE)
    fails("BlobIdDoesNotExistException", codecommit.get_blob, blobId=commit)
    fails("InvalidBlobIdException", codecommit.get_blob, blobId="x")
    fails("BlobIdRequiredException", loose.get_blob)


def test_get_folder(codecommit, demo):
    demo.put("dir/sub/deep", b"1")
    demo.put("dir/plain", b"2")
    demo.put("dir/tool", b"3", fileMode="EXECUTABLE")
    commit = demo.put("dir/link", b"plain", fileMode="SYMLINK")
    found = demo.get_folder(folderPath="/dir/")
    assert (found["commitId"], found["folderPath"]) == (commit, "dir")
    assert [(f["absolutePath"], f["relativePath"], f["fileMode"]) for f in found["files"]] == [
        ("dir/plain", "plain", "NORMAL"), ("dir/tool", "tool", "EXECUTABLE")]
    assert [f["absolutePath"] for f in found["symbolicLinks"]] == ["dir/link"]
    assert [f["absolutePath"] for f in found["subFolders"]] == ["dir/sub"]
    assert found["subModules"] == []
    root = demo.get_folder(folderPath="/")
    assert [f["relativePath"] for f in root["subFolders"]] == ["dir"]
    fails("FolderDoesNotExistException", codecommit.get_folder, folderPath="dir/plain")
    fails("FolderDoesNotExistException", codecommit.get_folder, folderPath="none")
    fails("CommitDoesNotExistException", codecommit.get_folder, folderPath="/",
          commitSpecifier="none")


# ---- Commits ---------------------------------------------------------------------------------

def test_commits(codecommit, demo, loose):
    one, two = demo.put("a", b"1"), demo.put("a", b"2")
    found = demo.batch_get_commits(commitIds=[two, NOWHERE, "x", one])
    assert [commit["commitId"] for commit in found["commits"]] == [two, one]
    assert [(error["commitId"], error["errorCode"]) for error in found["errors"]] == [
        (NOWHERE, "CommitIdDoesNotExistException"), ("x", "InvalidCommitIdException")]
    fails("CommitIdDoesNotExistException", codecommit.get_commit, commitId=NOWHERE)
    fails("InvalidCommitIdException", codecommit.get_commit, commitId="main")
    fails("CommitIdRequiredException", loose.get_commit)
    fails("CommitIdsListRequiredException", loose.batch_get_commits)
    fails("CommitIdsLimitExceededException", codecommit.batch_get_commits,
          commitIds=[NOWHERE] * 101)


def test_differences(codecommit, demo, loose):
    one = demo.put("dir/a", b"1")
    demo.put("dir/a", b"2")
    two = demo.put("b", b"3")
    found = demo.get_differences(beforeCommitSpecifier=one, afterCommitSpecifier="main")
    assert [(d["changeType"], d["afterBlob"]["path"]) for d in found["differences"]] == [
        ("A", "b"), ("M", "dir/a")]
    assert found["differences"][1]["beforeBlob"]["mode"] == "100644"
    whole = demo.get_differences(afterCommitSpecifier=two)["differences"]
    assert [(d["changeType"], d["afterBlob"]["path"]) for d in whole] == [("A", "b"), ("A", "dir/a")]
    back = demo.get_differences(beforeCommitSpecifier=two, afterCommitSpecifier=one)["differences"]
    assert [d["changeType"] for d in back] == ["D", "M"]
    within = demo.get_differences(beforeCommitSpecifier=one, afterCommitSpecifier=two,
                                  beforePath="dir", afterPath="dir")["differences"]
    assert len(within) == 1
    fails("CommitDoesNotExistException", codecommit.get_differences, afterCommitSpecifier="none")
    fails("CommitRequiredException", loose.get_differences)
    fails("PathDoesNotExistException", codecommit.get_differences, afterCommitSpecifier=two,
          afterPath="none")
    fails("InvalidContinuationTokenException", codecommit.get_differences,
          afterCommitSpecifier=two, NextToken="x")
    fails("InvalidMaxResultsException", codecommit.get_differences, afterCommitSpecifier=two,
          MaxResults=0)


def test_pages_of_differences_are_of_the_same_commits(demo):
    for number in range(5):
        demo.put(f"f{number}", b"x%d" % number)
    first = demo.get_differences(afterCommitSpecifier="main", MaxResults=2)
    demo.put("f0a", b"later")
    paths = [d["afterBlob"]["path"] for d in first["differences"]]
    token = first["NextToken"]
    while token:
        page = demo.get_differences(afterCommitSpecifier="main", MaxResults=2, NextToken=token)
        paths += [d["afterBlob"]["path"] for d in page["differences"]]
        token = page.get("NextToken")
    assert paths == ["f0", "f1", "f2", "f3", "f4"]


# ---- Branches --------------------------------------------------------------------------------

def test_branches(codecommit, demo, loose):
    commit = demo.put("a", b"1")
    demo.create_branch(branchName="topic/one", commitId=commit)
    assert demo.get_branch(branchName="topic/one")["branch"] == {
        "branchName": "topic/one", "commitId": commit}
    assert demo.list_branches()["branches"] == ["main", "topic/one"]
    assert demo.get_repository()["repositoryMetadata"]["defaultBranch"] == "main"
    fails("BranchNameExistsException", codecommit.create_branch, branchName="topic/one",
          commitId=commit)
    fails("CommitDoesNotExistException", codecommit.create_branch, branchName="x", commitId=NOWHERE)
    fails("InvalidCommitIdException", codecommit.create_branch, branchName="x", commitId="main")
    fails("InvalidBranchNameException", codecommit.create_branch, branchName="x y", commitId=commit)
    fails("BranchNameRequiredException", loose.create_branch, commitId=commit)
    fails("CommitIdRequiredException", loose.create_branch, branchName="x")
    fails("DefaultBranchCannotBeDeletedException", codecommit.delete_branch, branchName="main")
    demo.update_default_branch(defaultBranchName="topic/one")
    assert demo.get_repository()["repositoryMetadata"]["defaultBranch"] == "topic/one"
    assert demo.delete_branch(branchName="main")["deletedBranch"]["commitId"] == commit
    assert "deletedBranch" not in demo.delete_branch(branchName="main")
    fails("BranchDoesNotExistException", codecommit.get_branch, branchName="main")
    fails("BranchDoesNotExistException", codecommit.update_default_branch, defaultBranchName="main")


def test_pages_of_branches(codecommit, demo):
    commit = demo.put("a", b"1")
    names = ["b%04d" % number for number in range(1001)]
    for name in names:
        demo.create_branch(branchName=name, commitId=commit)
    first = demo.list_branches()
    assert len(first["branches"]) == 1000
    second = demo.list_branches(nextToken=first["nextToken"])
    assert first["branches"] + second["branches"] == names + ["main"]
    assert "nextToken" not in second
    fails("InvalidContinuationTokenException", codecommit.list_branches, nextToken="x")


def test_policies_protect_branches(account, demo):
    commit = demo.put("a", b"1")
    demo.create_branch(branchName="topic", commitId=commit)
    user = account.user("dev", {"Effect": "Allow", "Action": "codecommit:*", "Resource": "*"}, {
        "Effect": "Deny", "Resource": "*",
        "Action": ["codecommit:PutFile", "codecommit:DeleteBranch", "codecommit:CreateBranch"],
        "Condition": {"StringEqualsIfExists": {
            "codecommit:References": ["refs/heads/main", "refs/heads/release"]},
            "Null": {"codecommit:References": "false"}}})
    client = user.client("codecommit")
    fails("AccessDeniedException", client.put_file, branchName="main", filePath="b",
          fileContent=b"x", parentCommitId=commit)
    fails("AccessDeniedException", client.create_branch, branchName="release", commitId=commit)
    fails("AccessDeniedException", client.delete_branch, branchName="main")
    Demo(client).put_file(branchName="topic", filePath="b", fileContent=b"x", parentCommitId=commit)
    Demo(client).delete_branch(branchName="topic")


def test_reading_needs_its_permission(account, codecommit, demo):
    commit = demo.put("a", b"1")
    blob = demo.get_file(filePath="a")["blobId"]
    nobody = account.user("nobody").client("codecommit")
    for function, arguments in [
            (nobody.get_file, {"filePath": "a"}), (nobody.get_folder, {"folderPath": "/"}),
            (nobody.get_blob, {"blobId": blob}), (nobody.get_commit, {"commitId": commit}),
            (nobody.batch_get_commits, {"commitIds": [commit]}),
            (nobody.get_differences, {"afterCommitSpecifier": "main"}),
            (nobody.get_branch, {"branchName": "main"}), (nobody.list_branches, {}),
            (nobody.update_default_branch, {"defaultBranchName": "main"}),
            (nobody.update_repository_description, {"repositoryDescription": "x"})]:
        fails("AccessDeniedException", function, **arguments)


@pytest.mark.parametrize("operation, arguments", [
    ("get_branch", {"branchName": "main"}), ("list_branches", {}),
    ("create_branch", {"branchName": "x", "commitId": NOWHERE}),
    ("delete_branch", {"branchName": "x"}), ("update_default_branch", {"defaultBranchName": "x"}),
    ("get_file", {"filePath": "a"}), ("get_folder", {"folderPath": "a"}),
    ("get_blob", {"blobId": NOWHERE}), ("get_commit", {"commitId": NOWHERE}),
    ("batch_get_commits", {"commitIds": [NOWHERE]}),
    ("get_differences", {"afterCommitSpecifier": "main"}),
    ("put_file", {"branchName": "main", "filePath": "a", "fileContent": b"x"})])
def test_no_repository(account, operation, arguments):
    fails("RepositoryDoesNotExistException", getattr(account.client("codecommit"), operation),
          **arguments)
