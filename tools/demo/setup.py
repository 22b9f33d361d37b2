"""What a pipeline needs, made with the aws CLI as a person would."""
import shutil

from world import ROOT

PIPELINE = "hello-web"
REPOSITORY = "hello-web"
PROJECT = "hello-web"
APPLICATION = "hello-web"
GROUP = "production"
INSTANCES = ("web-1", "web-2")


def allow(actions, resources):
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(service):
    return policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


class Names:
    """ARNs that policies and declarations need."""

    def __init__(self, world):
        self.account = world.aws("sts", "get-caller-identity")["Account"]
        region = world.region
        self.bucket = f"artifacts-{self.account}"
        self.bucket_arns = [f"arn:aws:s3:::{self.bucket}", f"arn:aws:s3:::{self.bucket}/*"]
        self.repository = f"arn:aws:codecommit:{region}:{self.account}:{REPOSITORY}"
        self.project = f"arn:aws:codebuild:{region}:{self.account}:project/{PROJECT}"
        self.logs = f"arn:aws:logs:{region}:{self.account}:log-group:/aws/codebuild/{PROJECT}*"

    def role(self, name):
        return f"arn:aws:iam::{self.account}:role/{name}"


def create_role(world, name, service, *statements):
    world.aws("iam", "create-role", "--role-name", name,
              "--assume-role-policy-document", trust(service))
    if statements:
        world.aws("iam", "put-role-policy", "--role-name", name, "--policy-name", "work",
                  "--policy-document", policy(*statements))


def create_roles(world, names):
    create_role(
        world, "pipeline", "codepipeline.amazonaws.com",
        allow(["codecommit:GetBranch", "codecommit:GetCommit", "codecommit:UploadArchive",
               "codecommit:GetUploadArchiveStatus", "codecommit:CancelUploadArchive"], names.repository),
        allow(["s3:GetObject", "s3:GetObjectVersion", "s3:GetBucketVersioning", "s3:PutObject"],
              names.bucket_arns),
        allow(["codebuild:StartBuild", "codebuild:BatchGetBuilds", "codebuild:StopBuild"], names.project),
        allow(["codedeploy:CreateDeployment", "codedeploy:GetDeployment",
               "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision",
               "codedeploy:GetDeploymentConfig"], "*"))
    create_role(
        world, "build", "codebuild.amazonaws.com",
        allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], names.logs),
        allow(["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], names.bucket_arns))
    create_role(world, "deploy", "codedeploy.amazonaws.com",
                allow(["s3:GetObject", "s3:GetObjectVersion"], names.bucket_arns))


def create_user(world, names, view):
    """The developer pushes with a key of their own, which may do no more than that."""
    world.aws("iam", "create-user", "--user-name", "developer")
    made = world.aws("iam", "create-policy", "--policy-name", "push", "--policy-document",
                     policy(allow(["codecommit:GitPull", "codecommit:GitPush"], names.repository)))
    world.aws("iam", "attach-user-policy", "--user-name", "developer",
              "--policy-arn", made["Policy"]["Arn"])
    key = world.aws("iam", "create-access-key", "--user-name", "developer")["AccessKey"]
    (world.data / "aws-credentials").write_text(
        f"[developer]\naws_access_key_id = {key['AccessKeyId']}\n"
        f"aws_secret_access_key = {key['SecretAccessKey']}\n")
    view.say("IAM user developer with policy push; roles pipeline, build, deploy")


def create_repository(world, view):
    made = world.aws("codecommit", "create-repository", "--repository-name", REPOSITORY,
                     "--repository-description", "The demo's application")
    url = made["repositoryMetadata"]["cloneUrlHttp"]
    view.say(f"CodeCommit repository {url}, encrypted under the KMS key alias/aws/codecommit")
    return url


def create_build_project(world, names, view):
    world.aws("s3api", "create-bucket", "--bucket", names.bucket)
    world.aws("codebuild", "create-project", "--name", PROJECT,
              "--source", {"type": "CODEPIPELINE"}, "--artifacts", {"type": "CODEPIPELINE"},
              "--environment", {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0",
                                "computeType": "BUILD_GENERAL1_SMALL"},
              "--service-role", names.role("build"))
    view.say(f"S3 bucket {names.bucket}; CodeBuild project {PROJECT}")


def create_instance(world, names, name):
    world.aws("iam", "create-user", "--user-name", name)
    world.aws("iam", "put-user-policy", "--user-name", name, "--policy-name", "fetch",
              "--policy-document", policy(allow(["s3:GetObject", "s3:GetObjectVersion"], names.bucket_arns)))
    key = world.aws("iam", "create-access-key", "--user-name", name)["AccessKey"]
    arn = f"arn:aws:iam::{names.account}:user/{name}"
    world.aws("deploy", "register-on-premises-instance", "--instance-name", name, "--iam-user-arn", arn)
    world.aws("deploy", "add-tags-to-on-premises-instances", "--instance-names", name,
              "--tags", "Key=role,Value=web")
    world.start_instance(name, f"region: {world.region}\niam_user_arn: {arn}\n"
                               f"aws_access_key_id: {key['AccessKeyId']}\n"
                               f"aws_secret_access_key: {key['SecretAccessKey']}\n")


def create_deployment_group(world, names, view):
    world.aws("deploy", "create-application", "--application-name", APPLICATION,
              "--compute-platform", "Server")
    world.aws("deploy", "create-deployment-group", "--application-name", APPLICATION,
              "--deployment-group-name", GROUP, "--service-role-arn", names.role("deploy"),
              "--deployment-config-name", "CodeDeployDefault.OneAtATime",
              "--on-premises-instance-tag-filters", "Key=role,Value=web,Type=KEY_AND_VALUE",
              "--auto-rollback-configuration", "enabled=true,events=DEPLOYMENT_FAILURE")
    for name in INSTANCES:
        create_instance(world, names, name)
    view.say(f"CodeDeploy application {APPLICATION}, group {GROUP}: " +
             ", ".join(f"{name} ({world.url(name)})" for name in INSTANCES))


def action(name, category, provider, configuration, inputs=(), outputs=()):
    return {"name": name, "runOrder": 1,
            "actionTypeId": {"category": category, "owner": "AWS", "provider": provider, "version": "1"},
            "configuration": configuration,
            "inputArtifacts": [{"name": artifact} for artifact in inputs],
            "outputArtifacts": [{"name": artifact} for artifact in outputs]}


def create_pipeline(world, names, view):
    def stage(made):
        return {"name": made["name"], "actions": [made]}

    world.aws("codepipeline", "create-pipeline", "--pipeline", {
        "name": PIPELINE, "roleArn": names.role("pipeline"), "version": 1,
        "artifactStore": {"type": "S3", "location": names.bucket},
        "stages": [
            stage(action("Source", "Source", "CodeCommit",
                         {"RepositoryName": REPOSITORY, "BranchName": "main",
                          "PollForSourceChanges": "false"}, outputs=["source"])),
            stage(action("Build", "Build", "CodeBuild", {"ProjectName": PROJECT}, ["source"], ["bundle"])),
            stage(action("Approve", "Approval", "Manual", {"CustomData": "Is this version fit to go out?"})),
            stage(action("Deploy", "Deploy", "CodeDeploy",
                         {"ApplicationName": APPLICATION, "DeploymentGroupName": GROUP}, ["bundle"])),
        ]})
    view.say(f"CodePipeline {PIPELINE}: Source -> Build -> Approve -> Deploy")


def create_checkout(world, url):
    (world.data / "gitconfig").write_text(
        "[user]\n\tname = Developer\n\temail = developer@example.com\n"
        "[credential]\n\tUseHttpPath = true\n"
        "\thelper = \"!f() { [ \\\"$1\\\" != get ] || env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY"
        " aws --profile developer codecommit credential-helper --ignore-host-check get; }; f\"\n")
    shutil.copytree(ROOT / "examples/hello-web", world.checkout,
                    ignore=shutil.ignore_patterns("__pycache__"))
    world.git("init", "--quiet", "--initial-branch", "main")
    world.git("remote", "add", "origin", url)


def create(world, view):
    names = Names(world)
    create_user(world, names, view)
    create_roles(world, names)
    url = create_repository(world, view)
    create_build_project(world, names, view)
    create_deployment_group(world, names, view)
    create_pipeline(world, names, view)
    create_checkout(world, url)
