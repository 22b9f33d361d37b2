"""Declarations: what is kept, what is refused, tags and versions."""
import copy

import pytest

from codepipeline_world import World, action, approval, deploy, refused, source


@pytest.fixture
def world(account):
    return World(account)


def test_create_get_update_list_delete(world):
    made = world.create([source()], [approval()])
    assert made["version"] == 1
    full = world.call("GetPipeline", name="line")["pipeline"]
    assert full["pipelineType"] == "V1" and full["executionMode"] == "SUPERSEDED"
    got = world.pipelines.get_pipeline(name="line")
    assert got["pipeline"] == made
    assert got["metadata"]["pipelineArn"].endswith(":%s:line" % world.account.id)
    changed = copy.deepcopy(made)
    changed["stages"][1]["name"] = "Renamed"
    assert world.pipelines.update_pipeline(pipeline=changed)["pipeline"]["version"] == 2
    assert world.pipelines.get_pipeline(name="line", version=1)["pipeline"] == made
    refused("PipelineVersionNotFoundException", world.pipelines.get_pipeline, name="line", version=9)
    refused("PipelineNameInUseException", world.pipelines.create_pipeline, pipeline=made)
    (listed,) = world.pipelines.list_pipelines()["pipelines"]
    assert listed["name"] == "line" and listed["version"] == 2
    world.pipelines.delete_pipeline(name="line")
    world.pipelines.delete_pipeline(name="line")
    message = refused("PipelineNotFoundException", world.pipelines.get_pipeline, name="line")
    assert message == "Account '%s' does not have a pipeline with name 'line'" % world.account.id


def test_tags(world):
    declaration = world.declaration([source()], [approval()])
    world.pipelines.create_pipeline(pipeline=declaration, tags=[{"key": "a", "value": "1"}])
    arn = world.pipelines.get_pipeline(name="line")["metadata"]["pipelineArn"]
    world.pipelines.tag_resource(resourceArn=arn, tags=[{"key": "b", "value": "2"}])
    world.pipelines.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert world.pipelines.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]
    refused("ResourceNotFoundException", world.pipelines.list_tags_for_resource, resourceArn=arn + "x")
    refused("InvalidTagsException", world.pipelines.tag_resource, resourceArn=arn,
            tags=[{"key": "aws:x", "value": "2"}])


def build(**more):
    return action("Make", "Build", "CodeBuild", {"ProjectName": "p"}, inputs=["App"], **more)


STRUCTURE, ACTION = "InvalidStructureException", "InvalidActionDeclarationException"


@pytest.mark.parametrize("stages, code, words", [
    ([[source()]], STRUCTURE, "minimum of 2 stages"),
    ([[approval()], [source()]], STRUCTURE, "only contains source actions"),
    ([[source()], [approval(), source()]], STRUCTURE, "Only first stage"),
    ([[source()], [approval(), approval()]], ACTION, "must be unique within the stage"),
    ([[source()], [action("X", "Build", "Jenkins")]], ACTION, "is not available in region"),
    ([[source()], [action("X", "Build", "CodeBuild", {}, inputs=["App"])]], ACTION,
     "is missing required configuration 'ProjectName'"),
    ([[source()], [action("X", "Build", "CodeBuild", {"ProjectName": "p", "Wrong": "1"},
                          inputs=["App"])]], ACTION, "contains unknown configuration 'Wrong'"),
    ([[source()], [action("X", "Build", "CodeBuild", {"ProjectName": "p"})]], ACTION,
     "has 0 input artifacts"),
    ([[source()], [action("X", "Build", "CodeBuild", {"ProjectName": "p"}, inputs=["Other"])]], ACTION,
     "Input Artifact Bundle Other in action X is not declared as Output Artifact Bundle"),
    ([[source()], [build(), action("Use", "Deploy", "S3", {"BucketName": "site", "Extract": "true"},
                                   inputs=["Late"]),
                   action("Late", "Build", "CodeBuild", {"ProjectName": "p"}, inputs=["App"],
                          outputs=["Late"], runOrder=2)]], ACTION, "Input Artifact Bundle Late"),
    ([[source()], [action("X", "Build", "CodeBuild", {"ProjectName": "p"}, inputs=["App"],
                          outputs=["App"])]], ACTION, "App has been used more than once"),
    ([[source()], [action("X", "Build", "CodeBuild", {"ProjectName": "p", "BatchEnabled": "true"},
                          inputs=["App"])]], ACTION, "batch builds are not supported"),
    ([[source()], [action("X", "Approval", "Manual", {"NotificationArn": "arn:aws:sns:x"})]], ACTION,
     "notifications are not supported"),
    ([[source()], [action("X", "Deploy", "S3", {"BucketName": "site", "Extract": "maybe"},
                          inputs=["App"])]], ACTION, "it must be true or false"),
    ([[action("Get", "Source", "CodeCommit", {"RepositoryName": "r", "BranchName": "main",
       "OutputArtifactFormat": "CODEBUILD_CLONE_REF"}, outputs=["App"])], [deploy()]], ACTION,
     "CODEBUILD_CLONE_REF is not supported"),
])
def test_declarations_that_are_refused(world, stages, code, words):
    assert words in refused(code, world.create, *stages)


@pytest.mark.parametrize("more, words", [
    ({"pipelineType": "V2", "executionMode": "QUEUED"}, "Execution mode QUEUED is not supported"),
    ({"variables": [{"name": "A"}]}, "only supported with pipeline type V2"),
])
def test_features_that_are_refused(world, more, words):
    answer = world.call("CreatePipeline", pipeline=world.declaration([source()], [approval()], **more))
    assert answer["__type"].endswith("InvalidStructureException") and words in answer["message"]


def test_the_caller_must_pass_the_role(world):
    alice = world.account.user("alice", {
        "Effect": "Allow", "Action": "codepipeline:*", "Resource": "*"})
    message = refused("AccessDeniedException", alice.client("codepipeline").create_pipeline,
                      pipeline=world.declaration([source()], [approval()]))
    assert "iam:PassRole" in message


def test_accounts_do_not_see_each_other(world, new_account):
    world.create([source()], [approval()])
    other = new_account().client("codepipeline")
    assert other.list_pipelines()["pipelines"] == []
    refused("PipelineNotFoundException", other.get_pipeline_state, name="line")
