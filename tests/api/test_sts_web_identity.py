"""Sessions for who has a token of an identity provider."""
import concurrent.futures
import functools
import json
import time

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import AssumeRoleWithWebIdentityProvider

from errors import error, fails
from issuer import CURVES, Issuer, Key, encode, mac, sign
from sts_support import allow, document, grant_role, session


def web_trust(account, issuer, *actions, **conditions):
    """conditions: an operator and what it compares."""
    return {"Effect": "Allow", "Action": list(actions) or "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": "arn:aws:iam::%s:oidc-provider/%s" % (account.id, issuer.name)},
            **({"Condition": conditions} if conditions else {})}


class World:
    """An account that trusts an issuer, and a role for its tokens."""

    def __init__(self, account, issuer):
        self.account, self.issuer = account, issuer
        self.iam = account.client("iam")
        self.provider = self.iam.create_open_id_connect_provider(
            Url=issuer.url, ClientIDList=["slipway", "other"],
            ThumbprintList=[issuer.thumbprint])["OpenIDConnectProviderArn"]
        self.role = self.add_role("r", web_trust(account, issuer))

    def add_role(self, name, *statements, **more):
        return self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(*statements),
                                    **more)["Role"]["Arn"]

    def sts(self):
        return self.account.client("sts", config=Config(signature_version=UNSIGNED))

    def assume(self, token, role=None, **more):
        return self.sts().assume_role_with_web_identity(
            RoleArn=role or self.role, RoleSessionName="s-1", WebIdentityToken=token, **more)

    def refused(self, token, **more):
        return error(self.assume, token, **more)


@pytest.fixture
def issuer():
    with Issuer() as running:
        yield running


@pytest.fixture
def world(account, issuer):
    return World(account, issuer)


def test_a_token_gives_a_session_of_the_role(world, account, issuer):
    grant_role(account, "r", allow("iam:ListUsers"))
    answer = world.assume(issuer.token(), DurationSeconds=900)
    assert answer["SubjectFromWebIdentityToken"] == "repo:team/app"
    assert answer["Audience"] == "slipway"
    assert answer["Provider"] == world.provider
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::%s:assumed-role/r/s-1" % account.id
    left = answer["Credentials"]["Expiration"].timestamp() - time.time()
    assert 800 < left <= 900
    role = session(account, answer)
    assert role.client("sts").get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
    role.client("iam").list_users()
    assert error(role.client("iam").list_roles)[0] == "AccessDenied"


@pytest.mark.parametrize("alg", ["RS384", "RS512", *CURVES])
def test_algorithms(account, alg):
    with Issuer(Key("k", alg)) as issuer:
        assert World(account, issuer).assume(issuer.token())["Audience"] == "slipway"


def test_a_path_and_a_slash_at_the_end_are_of_the_issuer(account):
    with Issuer(path="/realms/team/") as issuer:
        assert World(account, issuer).assume(issuer.token())["Provider"].endswith("/realms/team/")


def test_botocore_and_its_token_file(world, account, issuer, tmp_path, monkeypatch):
    """As a pod or a CI job has it. This botocore knows no variable for the endpoint of STS."""
    (tmp_path / "token").write_text(issuer.token())
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", world.role)
    monkeypatch.setenv("AWS_ROLE_SESSION_NAME", "job-7")
    creator = functools.partial(account.server.session.client, region_name=account.server.region,
                                endpoint_url=account.server.endpoint, verify=account.server.ca_bundle or False)
    keys = AssumeRoleWithWebIdentityProvider(lambda: {}, creator, "default").load()
    job = account.with_key(keys.access_key, keys.secret_key, keys.token)
    assert job.client("sts").get_caller_identity()["Arn"] == (
        "arn:aws:sts::%s:assumed-role/r/job-7" % account.id)


# ---- Trust ------------------------------------------------------------------------------


def test_conditions_on_audience_subject_and_methods(world, account, issuer):
    name = issuer.name
    arn = world.add_role("narrow", web_trust(
        account, issuer, StringEquals={name + ":aud": "slipway"}, StringLike={name + ":sub": "repo:team/*"},
        **{"ForAnyValue:StringEquals": {name + ":amr": ["mfa"]}}))
    good = {"amr": ["pwd", "mfa"]}
    world.assume(issuer.token(**good), arn)
    expected = ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
    for bad in ({"aud": "other"}, {"sub": "repo:foes/app"}, {"amr": ["pwd"]}, {"amr": None}):
        assert world.refused(issuer.token(**{**good, **bad}), role=arn) == expected


def test_the_authorized_party_is_the_audience(world, issuer):
    assert world.assume(issuer.token(aud=["x", "y"], azp="other"))["Audience"] == "other"
    assert world.assume(issuer.token(aud=["x", "other"]))["Audience"] == "other"
    assert world.refused(issuer.token(aud="slipway", azp="x"))[0] == "InvalidIdentityToken"


def test_who_is_not_trusted(world, account, issuer):
    expected = ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
    other = "arn:aws:iam::%s:oidc-provider/other.example.com" % account.id
    roles = [
        world.add_role("by-key", {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": account.id}}),
        world.add_role("by-root", {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                                   "Principal": {"AWS": account.id}}),
        world.add_role("of-another", {**web_trust(account, issuer), "Principal": {"Federated": other}}),
        world.add_role("denied", web_trust(account, issuer), {**web_trust(account, issuer), "Effect": "Deny"}),
        "arn:aws:iam::%s:role/none" % account.id]
    for role in roles:
        assert world.refused(issuer.token(), role=role) == expected
    # and the role's trust of the provider opens nothing to those who have keys
    user = account.user("alice", allow("sts:*")).client("sts")
    assert error(user.assume_role, RoleArn=world.role, RoleSessionName="s1")[0] == "AccessDenied"


def test_a_provider_counts_in_its_own_account_only(world, issuer, new_account):
    other = new_account()
    arn = other.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument=document(web_trust(world.account, issuer)))["Role"]["Arn"]
    assert world.refused(issuer.token(), role=arn) == (
        "InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + issuer.url)


def test_what_the_token_said_lasts_for_the_session(world, account, issuer):
    name = issuer.name
    grant_role(account, "r", allow("iam:ListUsers", Condition={"StringEquals": {
        name + ":sub": "repo:team/app", name + ":aud": "slipway", "aws:FederatedProvider": world.provider}}))
    session(account, world.assume(issuer.token())).client("iam").list_users()
    other = session(account, world.assume(issuer.token(sub="repo:foes/app")))
    assert error(other.client("iam").list_users)[0] == "AccessDenied"


def test_session_policies_limit(world, account, issuer):
    grant_role(account, "r", allow("iam:ListUsers", "iam:ListRoles"))
    answer = world.assume(issuer.token(), Policy=document(allow("iam:ListRoles")))
    assert answer["PackedPolicySize"] > 0
    role = session(account, answer).client("iam")
    role.list_roles()
    assert error(role.list_users)[0] == "AccessDenied"
    large = document(*[allow("iam:ListRoles", resource="arn:aws:iam::*:role/" + "x" * 1400 + "%d" % i)
                       for i in range(4)])
    arns = []
    for i in range(3):
        arns.append({"arn": world.iam.create_policy(PolicyName="p%d" % i, PolicyDocument=large)["Policy"]["Arn"]})
    assert world.refused(issuer.token(), PolicyArns=arns)[0] == "PackedPolicyTooLarge"


def test_duration_is_at_most_the_roles(world, issuer):
    assert world.refused(issuer.token(), DurationSeconds=3601) == (
        "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")


def test_tags_and_source_identity_of_the_token(world, account, issuer):
    claims = {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["blue"]}, "transitive_tag_keys": ["team"]},
              "https://aws.amazon.com/source_identity": "alice"}
    assert world.refused(issuer.token(**claims)) == ("AccessDenied", "Not authorized to perform sts:TagSession")
    arn = world.add_role("tagged", web_trust(
        account, issuer, "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"))
    grant_role(account, "tagged", allow("iam:ListUsers", Condition={"StringEquals": {
        "aws:PrincipalTag/team": "blue", "aws:SourceIdentity": "alice"}}))
    answer = world.assume(issuer.token(**claims), arn)
    assert answer["SourceIdentity"] == "alice"
    session(account, answer).client("iam").list_users()
    bad = {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["blue", "red"]}}}
    assert world.refused(issuer.token(**bad), role=arn)[0] == "InvalidIdentityToken"


def test_the_trail_says_who(world, account, issuer):
    world.assume(issuer.token())
    deadline = time.monotonic() + 30
    while True:
        events = account.client("cloudtrail").lookup_events(LookupAttributes=[
            {"AttributeKey": "EventName", "AttributeValue": "AssumeRoleWithWebIdentity"}])["Events"]
        if events or time.monotonic() > deadline:
            break
        time.sleep(0.1)  # reads are recorded within a second
    record = json.loads(events[0]["CloudTrailEvent"])
    assert record["userIdentity"]["type"] == "WebIdentityUser"
    assert record["userIdentity"]["principalId"] == "%s:slipway:repo:team/app" % world.provider
    assert record["userIdentity"]["identityProvider"] == world.provider
    assert issuer.token().split(".")[0] not in events[0]["CloudTrailEvent"]


# ---- Claims -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat"])
def test_claims_that_must_be_there(world, issuer, name):
    assert world.refused(issuer.token(**{name: None})) == (
        "InvalidIdentityToken", "Missing a required claim: " + name)


def test_times(world, issuer):
    now = int(time.time())
    code, message = world.refused(issuer.token(exp=now - 1, iat=now - 100))
    assert code == "ExpiredTokenException"
    assert message.startswith("Token expired: current date/time ")
    assert world.refused(issuer.token(nbf=now + 400))[0] == "IDPRejectedClaim"
    assert world.refused(issuer.token(iat=now + 400))[0] == "IDPRejectedClaim"
    world.assume(issuer.token(nbf=now + 60, iat=now + 60))  # clocks differ a little
    for bad in ("soon", -1, 1e300, True, [now]):
        assert world.refused(issuer.token(exp=bad)) == ("InvalidIdentityToken", "Invalid claim: exp")


def test_audience_must_be_the_providers(world, issuer):
    for bad in ("slipway2", "SLIPWAY", ["x"], "https://slipway"):
        assert world.refused(issuer.token(aud=bad)) == ("InvalidIdentityToken", "Incorrect token audience")
    world.iam.remove_client_id_from_open_id_connect_provider(
        OpenIDConnectProviderArn=world.provider, ClientID="slipway")
    assert world.refused(issuer.token())[1] == "Incorrect token audience"


def test_arguments(world, issuer):
    assert world.refused(issuer.token(), role="arn:aws:iam::%s:user/alice" % world.account.id)[0] == "ValidationError"
    assert world.refused(issuer.token(), ProviderId="www.amazon.com")[0] == "InvalidIdentityToken"
    assert world.refused("x" * 20001)[0] == "ValidationError"


# ---- Attacks ----------------------------------------------------------------------------


def test_forged_tokens(world, issuer):
    key, claims = issuer.keys[0], issuer.claims()
    world.assume(issuer.token())
    foe = Key(key.kid)
    unsigned = {"alg": "none", "kid": key.kid}
    forged = {
        "no signature": "%s.%s." % (encode(unsigned), encode(claims)),
        "no algorithm": sign(unsigned, claims, key.sign),
        "None": sign({"alg": "NONE", "kid": key.kid}, claims, key.sign),
        "MAC with the public key": sign({"alg": "HS256", "kid": key.kid}, claims, mac(key.pem())),
        "another key of that name": sign({"alg": "RS256", "kid": key.kid}, claims, foe.sign),
        "its own key in the header": sign({"alg": "RS256", "kid": key.kid, "jwk": foe.public()}, claims, foe.sign),
        "the address of its own keys": sign({"alg": "RS256", "kid": key.kid, "jku": "https://foe.example/"}, claims,
                                            foe.sign),
        "another digest": sign({"alg": "RS512", "kid": key.kid}, claims, key.sign),
        "another kind of key": sign({"alg": "ES256", "kid": key.kid}, claims, lambda _: bytes(64)),
        "critical extension": sign({"alg": "RS256", "kid": key.kid, "crit": ["b64"], "b64": False}, claims, key.sign),
        "changed claims": issuer.token().replace(encode(claims), "") + "A",
        "empty signature": sign({"alg": "RS256", "kid": key.kid}, claims, lambda _: b""),
        "signature of zeros": sign({"alg": "RS256", "kid": key.kid}, claims, lambda _: bytes(256)),
    }
    for name, token in forged.items():
        code, _ = world.refused(token)
        assert code == "InvalidIdentityToken", name
    token = issuer.token()
    head, _, signature = token.split(".")
    assert world.refused("%s.%s.%s" % (head, encode(issuer.claims(sub="root")), signature)) == (
        "InvalidIdentityToken", "Token signature invalid")


def test_zero_signatures_of_a_curve(account):
    with Issuer(Key("k", "ES256")) as issuer:
        world = World(account, issuer)
        for signer in (lambda _: bytes(64), lambda _: b"\xff" * 64, lambda _: bytes(63), lambda _: bytes(1000)):
            assert world.refused(sign({"alg": "ES256", "kid": "k"}, issuer.claims(), signer))[0] == (
                "InvalidIdentityToken")


@pytest.mark.parametrize("kid", ["../../etc/passwd", "' or 1=1 --", "", "first\0x", "x" * 3000, None, 7, ["first"]])
def test_tricks_with_the_name_of_the_key(world, issuer, kid):
    key = issuer.keys[0]
    assert world.refused(issuer.token(key, header={"kid": kid}))[0] == "InvalidIdentityToken"


def test_another_issuers_token(world, account, issuer):
    with Issuer(Key(issuer.keys[0].kid)) as foe:
        world.iam.create_open_id_connect_provider(Url=foe.url, ClientIDList=["slipway"], ThumbprintList=[foe.thumbprint])
        assert world.refused(foe.token())[0] == "AccessDenied"  # known, but the role does not trust it
        assert world.refused(foe.token(iss=issuer.url)) == ("InvalidIdentityToken", "Token signature invalid")


@pytest.mark.parametrize("token", [
    "abcd", "a.b.c", "....", "e30.e30.e30", "%s.%s." % (encode([]), encode([])), "a" * 20000,
    "%s.%s.AA" % (encode({"alg": "RS256", "kid": "first"}), encode(b'{"iss":' + b"[" * 3000)),
    "%s.%s.AA" % (encode({"alg": "RS256", "kid": "first"}), encode({"iss": "x" * 5000}))], ids=range(8))
def test_what_is_no_token(world, token):
    assert world.refused(token)[0] == "InvalidIdentityToken"


# ---- The issuer -------------------------------------------------------------------------


def test_keys_are_fetched_once_and_again_for_a_new_key(world, issuer):
    for _ in range(3):
        world.assume(issuer.token())
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]
    # a key that appears is asked for, but not at once again
    added = Key("second", "ES256")
    issuer.keys.append(added)
    assert world.refused(issuer.token(added)) == (
        "InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider, please reference "
        "AssumeRoleWithWebIdentity documentation for requirements")
    assert len(issuer.asked) == 2
    world.assume(issuer.token())
    # new thumbprints: what was fetched under the old ones is forgotten
    world.iam.update_open_id_connect_provider_thumbprint(
        OpenIDConnectProviderArn=world.provider, ThumbprintList=[issuer.thumbprint])
    world.assume(issuer.token(added))
    assert len(issuer.asked) == 4


def test_calls_that_come_together_fetch_the_keys_once(world, issuer):
    clients = [world.sts() for _ in range(6)]

    def assume(sts):
        return sts.assume_role_with_web_identity(
            RoleArn=world.role, RoleSessionName="s-1", WebIdentityToken=issuer.token())["Audience"]

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert list(pool.map(assume, clients)) == ["slipway"] * 6
    assert issuer.asked.count("/keys") == 1


def test_a_server_with_another_certificate_is_not_asked(account, issuer):
    world = World(account, issuer)
    world.iam.update_open_id_connect_provider_thumbprint(
        OpenIDConnectProviderArn=world.provider, ThumbprintList=["a" * 40])
    assert world.refused(issuer.token()) == (
        "InvalidIdentityToken", "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint")
    assert issuer.asked == []


def test_a_certificate_counts_for_its_own_names_only(account):
    with Issuer(host="localhost.localdomain") as issuer:
        world = World(account, issuer)
        assert world.refused(issuer.token())[0] in ("InvalidIdentityToken", "IDPCommunicationError")
        assert issuer.asked == []


@pytest.mark.parametrize("page, body", [
    ("/.well-known/openid-configuration", b"no JSON"),
    ("/.well-known/openid-configuration", b"{}"),
    ("/.well-known/openid-configuration", b'{"issuer": "https://other.example.com", "jwks_uri": "https://x/"}'),
    ("/.well-known/openid-configuration", b'{"x": "' + b"x" * 70000 + b'"}'),
    ("/keys", b'{"keys": {}}'),
    ("/keys", b'{"keys": [' + b"{}," * 300 + b"{}]}"),
    ("/keys", b'{"x": "' + b"x" * 300000 + b'"}'),
], ids=range(7))
def test_answers_of_an_issuer_that_are_none(world, issuer, page, body):
    issuer.pages[page] = body
    assert world.refused(issuer.token()) == (
        "IDPCommunicationError", "There was a problem communicating with the identity provider.")


def test_keys_must_be_fetched_safely(world, issuer):
    issuer.pages["/.well-known/openid-configuration"] = json.dumps(
        {"issuer": issuer.url, "jwks_uri": "http://" + issuer.name + "/keys"}).encode()
    assert world.refused(issuer.token())[0] == "IDPCommunicationError"
    assert issuer.asked == ["/.well-known/openid-configuration"]


def test_an_issuer_that_is_not_there(account):
    with Issuer() as issuer:
        world = World(account, issuer)
    assert fails("IDPCommunicationError", world.assume, issuer.token())


def test_weak_keys_are_none(account):
    with Issuer(Key("weak", bits=1024)) as issuer:
        assert World(account, issuer).refused(issuer.token())[0] == "InvalidIdentityToken"
