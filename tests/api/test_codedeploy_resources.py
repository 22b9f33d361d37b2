"""Applications, configurations, groups, instances, revisions, tags."""
import botocore
import pytest

from codedeploy_world import TRUST, World


def fails(code):
    return pytest.raises(botocore.exceptions.ClientError, match=code)


@pytest.fixture
def api(account):
    return account.client("codedeploy")


def test_application(api):
    created = api.create_application(applicationName="web")["applicationId"]
    with fails("ApplicationAlreadyExistsException"):
        api.create_application(applicationName="web")
    application = api.get_application(applicationName="web")["application"]
    assert (application["applicationId"], application["computePlatform"]) == (created, "Server")
    assert application["linkedToGitHub"] is False
    api.create_application(applicationName="other")
    with fails("ApplicationAlreadyExistsException"):
        api.update_application(applicationName="web", newApplicationName="other")
    api.update_application(applicationName="web", newApplicationName="new")
    assert api.list_applications()["applications"] == ["new", "other"]
    found = api.batch_get_applications(applicationNames=["new", "none"])["applicationsInfo"]
    assert [one["applicationId"] for one in found] == [created]
    api.delete_application(applicationName="new")
    api.delete_application(applicationName="new")
    with fails("ApplicationDoesNotExistException.*No application found for name: new"):
        api.get_application(applicationName="new")
    with fails("InvalidApplicationNameException"):
        api.create_application(applicationName="a b")
    with fails("InvalidComputePlatformException.*not supported"):
        api.create_application(applicationName="l", computePlatform="Lambda")


def test_lists_have_pages(api):
    names = ["app%03d" % i for i in range(101)]
    for name in names:
        api.create_application(applicationName=name)
    first = api.list_applications()
    assert len(first["applications"]) == 100
    second = api.list_applications(nextToken=first["nextToken"])
    assert first["applications"] + second["applications"] == names and "nextToken" not in second
    with fails("InvalidNextTokenException"):
        api.list_applications(nextToken="x")


def test_tags(api, account):
    api.create_application(applicationName="web", tags=[{"Key": "a", "Value": "1"}])
    arn = "arn:aws:codedeploy:%s:%s:application:" % (account.server.region, account.id)
    api.tag_resource(ResourceArn=arn + "web", Tags=[{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}])
    api.update_application(applicationName="web", newApplicationName="new")
    assert api.list_tags_for_resource(ResourceArn=arn + "new")["Tags"] == [
        {"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}]
    api.untag_resource(ResourceArn=arn + "new", TagKeys=["a"])
    assert [tag["Key"] for tag in api.list_tags_for_resource(ResourceArn=arn + "new")["Tags"]] == ["b"]
    with fails("InvalidNextTokenException"):
        api.list_tags_for_resource(ResourceArn=arn + "new", NextToken="more")
    with fails("ApplicationDoesNotExistException"):
        api.list_tags_for_resource(ResourceArn=arn + "web")
    with fails("ArnNotSupportedException|InvalidArnException"):
        api.list_tags_for_resource(ResourceArn=arn.replace("application", "thing") + "x")


def test_configurations(api):
    assert api.list_deployment_configs()["deploymentConfigsList"] == [
        "CodeDeployDefault.AllAtOnce", "CodeDeployDefault.HalfAtATime", "CodeDeployDefault.OneAtATime"]
    half = api.get_deployment_config(deploymentConfigName="CodeDeployDefault.HalfAtATime")["deploymentConfigInfo"]
    assert half["minimumHealthyHosts"] == {"type": "FLEET_PERCENT", "value": 50}
    made = api.create_deployment_config(deploymentConfigName="most", minimumHealthyHosts={
        "type": "FLEET_PERCENT", "value": 75})["deploymentConfigId"]
    info = api.get_deployment_config(deploymentConfigName="most")["deploymentConfigInfo"]
    assert (info["deploymentConfigId"], info["computePlatform"]) == (made, "Server")
    with fails("DeploymentConfigAlreadyExistsException"):
        api.create_deployment_config(deploymentConfigName="most", minimumHealthyHosts={
            "type": "HOST_COUNT", "value": 1})
    for hosts in ({"type": "FLEET_PERCENT", "value": 100}, {"type": "HOST_COUNT", "value": -1}, {"type": "HOST_COUNT"}):
        with fails("InvalidMinimumHealthyHostValueException"):
            api.create_deployment_config(deploymentConfigName="x", minimumHealthyHosts=hosts)
    with fails("InvalidDeploymentConfigNameException"):
        api.create_deployment_config(deploymentConfigName="CodeDeployDefault.Mine", minimumHealthyHosts={
            "type": "HOST_COUNT", "value": 1})
    with fails("InvalidDeploymentConfigNameException"):
        api.delete_deployment_config(deploymentConfigName="CodeDeployDefault.OneAtATime")
    api.delete_deployment_config(deploymentConfigName="most")
    with fails("DeploymentConfigDoesNotExistException"):
        api.get_deployment_config(deploymentConfigName="most")


def test_a_configuration_in_use_stays(account, api):
    api.create_deployment_config(deploymentConfigName="c", minimumHealthyHosts={"type": "HOST_COUNT", "value": 0})
    World(account, hosts=0, deploymentConfigName="c")
    with fails("DeploymentConfigInUseException"):
        api.delete_deployment_config(deploymentConfigName="c")


def test_group(account, api):
    world = World(account, hosts=0)
    info = api.get_deployment_group(applicationName="web", deploymentGroupName="all")["deploymentGroupInfo"]
    assert info["deploymentGroupId"] == world.group_id
    assert info["deploymentConfigName"] == "CodeDeployDefault.OneAtATime"
    assert info["deploymentStyle"] == {"deploymentType": "IN_PLACE", "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}
    assert info["onPremisesInstanceTagFilters"] == [{"Key": "app", "Value": "web", "Type": "KEY_AND_VALUE"}]
    with fails("DeploymentGroupAlreadyExistsException"):
        api.create_deployment_group(applicationName="web", deploymentGroupName="all",
                                    serviceRoleArn=info["serviceRoleArn"])
    tag_set = {"onPremisesTagSetList": [[{"Key": "a", "Type": "KEY_ONLY"}], [{"Value": "b", "Type": "VALUE_ONLY"}]]}
    api.update_deployment_group(
        applicationName="web", currentDeploymentGroupName="all", newDeploymentGroupName="some",
        deploymentConfigName="CodeDeployDefault.AllAtOnce", onPremisesTagSet=tag_set)
    info = api.get_deployment_group(applicationName="web", deploymentGroupName="some")["deploymentGroupInfo"]
    assert info["deploymentGroupId"] == world.group_id
    assert (info["onPremisesInstanceTagFilters"], info["onPremisesTagSet"]) == ([], tag_set)
    assert api.list_deployment_groups(applicationName="web")["deploymentGroups"] == ["some"]
    answer = api.batch_get_deployment_groups(applicationName="web", deploymentGroupNames=["some", "none"])
    assert len(answer["deploymentGroupsInfo"]) == 1 and "none" in answer["errorMessage"]
    assert api.delete_deployment_group(applicationName="web", deploymentGroupName="some")["hooksNotCleanedUp"] == []
    with fails("DeploymentGroupDoesNotExistException"):
        api.get_deployment_group(applicationName="web", deploymentGroupName="some")


@pytest.mark.parametrize("group, error", [
    (dict(ec2TagFilters=[{"Key": "a", "Type": "KEY_ONLY"}]), "InvalidEC2TagException.*not supported"),
    (dict(autoScalingGroups=["a"]), "InvalidAutoScalingGroupException.*not supported"),
    (dict(loadBalancerInfo={"targetGroupInfoList": [{"name": "t"}]}), "InvalidLoadBalancerInfoException.*not supported"),
    (dict(deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}),
     "InvalidDeploymentStyleException.*not supported"),
    (dict(alarmConfiguration={"enabled": True, "alarms": [{"name": "a"}]}), "InvalidAlarmConfigException.*not supported"),
    (dict(triggerConfigurations=[{"triggerName": "t", "triggerTargetArn": "arn:aws:sns:r:1:t",
                                  "triggerEvents": ["DeploymentStart"]}]), "InvalidTriggerConfigException.*not supported"),
    (dict(ecsServices=[{"serviceName": "a", "clusterName": "b"}]), "InvalidECSServiceException.*not supported"),
    (dict(deploymentConfigName="none"), "DeploymentConfigDoesNotExistException"),
    (dict(serviceRoleArn="arn:aws:iam::1:user/x"), "InvalidRoleException"),
    (dict(deploymentGroupName="a b"), "InvalidDeploymentGroupNameException"),
    (dict(autoRollbackConfiguration={"enabled": True}), "InvalidAutoRollbackConfigException"),
    (dict(onPremisesInstanceTagFilters=[{"Type": "KEY_ONLY"}]), "InvalidTagException"),
    (dict(onPremisesTagSet={"onPremisesTagSetList": [[{"Key": "a", "Type": "KEY_ONLY"}]]}),
     "InvalidOnPremisesTagCombinationException"),
])
def test_groups_that_are_refused(account, group, error):
    with fails(error):
        World(account, hosts=0, **group)


def test_the_role_of_a_group(account, api):
    iam = account.client("iam")
    wrong = iam.create_role(RoleName="wrong", AssumeRolePolicyDocument=TRUST.replace("codedeploy", "lambda"))["Role"]["Arn"]
    api.create_application(applicationName="a")
    with fails("InvalidRoleException.*permissions required to assume the role"):
        api.create_deployment_group(applicationName="a", deploymentGroupName="g", serviceRoleArn=wrong)
    role = iam.create_role(RoleName="right", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    user = account.user("u", {"Effect": "Allow", "Action": "codedeploy:*", "Resource": "*"}).client("codedeploy")
    with fails("AccessDenied.*iam:PassRole"):
        user.create_deployment_group(applicationName="a", deploymentGroupName="g", serviceRoleArn=role)


def test_instances(account, api):
    arn = "arn:aws:iam::%s:user/" % account.id
    api.register_on_premises_instance(instanceName="one", iamUserArn=arn + "one")
    with fails("InstanceNameAlreadyRegisteredException"):
        api.register_on_premises_instance(instanceName="one", iamUserArn=arn + "two")
    with fails("IamUserArnAlreadyRegisteredException"):
        api.register_on_premises_instance(instanceName="two", iamUserArn=arn + "one")
    with fails("IamArnRequiredException"):
        api.register_on_premises_instance(instanceName="two")
    with fails("MultipleIamArnsProvidedException"):
        api.register_on_premises_instance(instanceName="two", iamUserArn=arn + "two", iamSessionArn=arn)
    with fails("InvalidIamUserArnException"):
        api.register_on_premises_instance(instanceName="two", iamUserArn="arn:aws:iam::999999999999:user/x")
    api.register_on_premises_instance(instanceName="two", iamUserArn=arn + "two")
    api.add_tags_to_on_premises_instances(instanceNames=["one", "two"], tags=[{"Key": "k", "Value": "v"}])
    api.add_tags_to_on_premises_instances(instanceNames=["two"], tags=[{"Key": "only"}])
    assert api.list_on_premises_instances()["instanceNames"] == ["one", "two"]
    for filters, names in (([{"Key": "only", "Type": "KEY_ONLY"}], ["two"]),
                           ([{"Value": "v", "Type": "VALUE_ONLY"}], ["one", "two"]),
                           ([{"Key": "k", "Value": "x", "Type": "KEY_AND_VALUE"}], [])):
        assert api.list_on_premises_instances(tagFilters=filters)["instanceNames"] == names
    api.remove_tags_from_on_premises_instances(instanceNames=["two"], tags=[{"Key": "only"}, {"Key": "k", "Value": "x"}])
    info = api.get_on_premises_instance(instanceName="two")["instanceInfo"]
    assert info["tags"] == [{"Key": "k", "Value": "v"}] and "instance/two_" in info["instanceArn"]
    assert len(api.batch_get_on_premises_instances(instanceNames=["one", "two", "none"])["instanceInfos"]) == 2
    api.deregister_on_premises_instance(instanceName="two")
    assert api.list_on_premises_instances(registrationStatus="Deregistered")["instanceNames"] == ["two"]
    assert "deregisterTime" in api.get_on_premises_instance(instanceName="two")["instanceInfo"]
    with fails("InstanceNotRegisteredException"):
        api.add_tags_to_on_premises_instances(instanceNames=["two"], tags=[{"Key": "k"}])
    with fails("InstanceNotRegisteredException"):
        api.get_on_premises_instance(instanceName="none")
    with fails("TagLimitExceededException"):
        api.add_tags_to_on_premises_instances(instanceNames=["one"], tags=[{"Key": "t%d" % i} for i in range(11)])
    api.register_on_premises_instance(instanceName="two", iamUserArn=arn + "two")


def test_tagged_instances_have_pages(account, api):
    names = ["host%03d" % i for i in range(102)]
    for name in names:
        api.register_on_premises_instance(instanceName=name, iamUserArn="arn:aws:iam::%s:user/%s" % (account.id, name))
    api.add_tags_to_on_premises_instances(instanceNames=names[:100], tags=[{"Key": "k", "Value": "v"}])
    api.add_tags_to_on_premises_instances(instanceNames=names[100:], tags=[{"Key": "k", "Value": "w"}])
    api.add_tags_to_on_premises_instances(instanceNames=names[:1], tags=[{"Key": "other", "Value": "v"}])
    either = {"tagFilters": [{"Value": "v", "Type": "VALUE_ONLY"}, {"Key": "k", "Value": "w", "Type": "KEY_AND_VALUE"}]}
    first = api.list_on_premises_instances(**either)
    assert first["instanceNames"] == names[:100]
    second = api.list_on_premises_instances(nextToken=first["nextToken"], **either)
    assert second["instanceNames"] == names[100:] and "nextToken" not in second
    with fails("InvalidTagFilterException"):
        api.list_on_premises_instances(tagFilters=[{"Key": "k", "Type": "KEY_ONLY"}] * 11)


def test_tag_groups_must_all_match(account, api):
    world = World(account, hosts=3, onPremisesInstanceTagFilters=[], onPremisesTagSet={"onPremisesTagSetList": [
        [{"Key": "app", "Type": "KEY_ONLY"}], [{"Value": "x", "Type": "VALUE_ONLY"}, {"Value": "y", "Type": "VALUE_ONLY"}]]})
    api.add_tags_to_on_premises_instances(instanceNames=["host1"], tags=[{"Key": "stage", "Value": "x"}])
    api.add_tags_to_on_premises_instances(instanceNames=["host3"], tags=[{"Key": "stage", "Value": "y"}])
    deployment = world.deploy()
    world.hosts[0].next()
    assert api.list_deployment_targets(deploymentId=deployment)["targetIds"] == ["host1", "host3"]


def test_revisions(account, api):
    world = World(account, hosts=0)
    one, two = world.revision("one.zip"), world.revision("two.zip")
    api.register_application_revision(applicationName="web", revision=one, description="the first")
    info = api.get_application_revision(applicationName="web", revision=one)["revisionInfo"]
    assert info["description"] == "the first" and "firstUsedTime" not in info
    with fails("RevisionDoesNotExistException"):
        api.get_application_revision(applicationName="web", revision=two)
    world.deploy("two.zip")  # registers it
    assert "lastUsedTime" in api.get_application_revision(applicationName="web", revision=two)["revisionInfo"]

    def listed(**options):
        return api.list_application_revisions(applicationName="web", **options)["revisions"]
    assert listed(sortBy="registerTime", sortOrder="ascending") == [one, two]
    assert listed(sortBy="registerTime", sortOrder="descending") == [two, one]
    assert listed(s3Bucket=world.bucket, s3KeyPrefix="tw") == [two]
    assert listed(deployed="include") == [] and len(listed(deployed="exclude")) == 2
    with fails("BucketNameFilterRequiredException"):
        listed(s3KeyPrefix="tw")


def test_a_resource_has_no_other_name_that_a_deny_does_not_know(api, account):
    api.create_application(applicationName="web")
    arn = "arn:aws:codedeploy:%s:%s:application:web" % (account.server.region, account.id)
    user = account.user("u", {"Effect": "Allow", "Action": "*", "Resource": "*"},
                        {"Effect": "Deny", "Action": "*", "Resource": arn}).client("codedeploy")
    with fails("AccessDenied"):
        user.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}])
    with fails("InvalidArnException"):
        user.tag_resource(ResourceArn=arn.replace("arn:aws:", "arn:x:"), Tags=[{"Key": "a", "Value": "b"}])
    assert api.list_tags_for_resource(ResourceArn=arn)["Tags"] == []


def test_a_tag_is_given_once(api, account):
    """A condition on aws:RequestTag sees one value; the other would be the one that is stored."""
    for other in ("env", "Env"):
        with fails("InvalidTagsToAddException"):
            api.create_application(applicationName="web", tags=[
                {"Key": "env", "Value": "dev"}, {"Key": other, "Value": "prod"}])
    with fails("ApplicationDoesNotExistException"):
        api.get_application(applicationName="web")
