"""Answers that servers keep (src/api/kept.h): a change counts at the next read, on every server.

On PostgreSQL `here` and `there` are two servers on one database, on SQLite they are one.
"""
import pytest

from codepipeline_world import World, approval, refused, source
from servers import Account, Server, binary


@pytest.fixture(scope="module")
def other(server, database_url):
    if not database_url:
        yield server
        return
    second = Server(binary(), database_url, ["--blobs", server.data + "/d/blobs"],
                    master_key=server.data + "/d/master.key")
    yield second
    second.stop(keep_log=True)


@pytest.fixture
def there(other, account):
    return Account(other, account.id, account.access_key, account.secret)


def test_the_state_of_a_pipeline_is_that_of_its_last_change(account, there):
    world = World(account)
    here, there = world.pipelines, there.client("codepipeline")

    def state():  # asked only where the pipeline waits for somebody
        first, second = (pipelines.get_pipeline_state(name="line")
                         for pipelines in (here, there))
        for answer in (first, second):
            del answer["ResponseMetadata"]
        assert first == second
        return first

    def ask():
        return state()["stageStates"][1]["actionStates"][0]["latestExecution"]["status"]

    declared = world.create([source()], [approval()])
    token = world.token()
    assert state() == state() and state()["pipelineVersion"] == 1

    declared["stages"].append({"name": "Last", "actions": [approval("Again")]})
    there.update_pipeline(pipeline=declared)
    assert state()["pipelineVersion"] == 2
    assert [stage["stageName"] for stage in state()["stageStates"]] == ["Stage0", "Stage1", "Last"]

    last = {"pipelineName": "line", "stageName": "Last", "transitionType": "Inbound"}
    here.disable_stage_transition(reason="holiday", **last)
    assert state()["stageStates"][2]["inboundTransitionState"]["disabledReason"] == "holiday"
    there.enable_stage_transition(**last)
    assert state()["stageStates"][2]["inboundTransitionState"]["enabled"] is True

    world.answer(token, "Rejected", client=there)
    assert ask() == "Failed"
    execution = world.start()
    world.until(lambda: world.stage(1)["latestExecution"]["pipelineExecutionId"] == execution)
    assert ask() == "InProgress"
    there.stop_pipeline_execution(pipelineName="line", pipelineExecutionId=execution, abandon=True)
    assert ask() == "Abandoned"
    here.retry_stage_execution(pipelineName="line", stageName="Stage1",
                               pipelineExecutionId=execution, retryMode="FAILED_ACTIONS")
    assert ask() == "InProgress"

    there.delete_pipeline(name="line")
    for pipelines in (here, there):
        refused("PipelineNotFoundException", pipelines.get_pipeline_state, name="line")
    world.create([source()], [approval()])
    assert world.token() != token and state()["pipelineVersion"] == 1


def test_a_repository_is_shown_as_it_was_last_changed(account, there):
    accounts = (account, there)
    here, there = (each.client("codecommit") for each in accounts)

    def shown(name="demo"):
        answers = [each.get_repository(repositoryName=name)["repositoryMetadata"]
                   for each in (here, there)]
        for answer, each in zip(answers, accounts):
            assert answer.pop("cloneUrlHttp") == f"{each.server.endpoint}/v1/repos/{name}"
        assert answers[0] == answers[1]
        return answers[0]

    here.create_repository(repositoryName="demo", repositoryDescription="old")
    first = shown()
    assert shown() == first and "defaultBranch" not in first
    there.update_repository_description(repositoryName="demo", repositoryDescription="new")
    assert shown()["repositoryDescription"] == "new"
    commit = here.put_file(repositoryName="demo", branchName="one", filePath="a",
                           fileContent=b"a")["commitId"]
    assert shown()["defaultBranch"] == "one"
    before = shown()["lastModifiedDate"]
    here.create_branch(repositoryName="demo", branchName="two", commitId=commit)
    assert shown()["lastModifiedDate"] > before
    there.update_default_branch(repositoryName="demo", defaultBranchName="two")
    assert shown()["defaultBranch"] == "two"
    here.update_repository_name(oldName="demo", newName="other")
    assert shown("other")["repositoryName"] == "other"
    for client in (here, there):
        refused("RepositoryDoesNotExistException", client.get_repository, repositoryName="demo")
    there.delete_repository(repositoryName="other")
    here.create_repository(repositoryName="demo")
    assert shown()["repositoryId"] != first["repositoryId"]


def test_a_kept_answer_needs_the_permission(account):
    account.client("codecommit").create_repository(repositoryName="demo")
    account.client("codecommit").get_repository(repositoryName="demo")
    reader = account.user("reader", {"Effect": "Allow", "Action": "codecommit:GetRepository",
                                     "Resource": "arn:aws:codecommit:*:*:other"}).client("codecommit")
    refused("AccessDeniedException", reader.get_repository, repositoryName="demo")
