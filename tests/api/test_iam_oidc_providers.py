"""Identity providers: what they are, their limits, who may change them."""
import pytest

from errors import code_of, error, fails
from issuer import Issuer

PRINT = "a" * 40


def create(account, url="https://id.example.com/a", **more):
    return account.client("iam").create_open_id_connect_provider(
        Url=url, **{"ThumbprintList": [PRINT], "ClientIDList": ["slipway"], **more})["OpenIDConnectProviderArn"]


def test_a_provider_is_made_shown_changed_and_deleted(account):
    iam = account.client("iam")
    arn = create(account, Tags=[{"Key": "team", "Value": "blue"}])
    assert arn == "arn:aws:iam::%s:oidc-provider/id.example.com/a" % account.id
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert found["Url"] == "id.example.com/a"
    assert found["ClientIDList"] == ["slipway"] and found["ThumbprintList"] == [PRINT]
    assert found["Tags"] == [{"Key": "team", "Value": "blue"}] and found["CreateDate"]
    create(account, "https://another.example.com")
    assert [p["Arn"].rpartition("oidc-provider/")[2]
            for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]] == [
                "another.example.com", "id.example.com/a"]
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="more")
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="more")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="slipway")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="slipway")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["B" * 40])
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert found["ClientIDList"] == ["more"] and found["ThumbprintList"] == ["b" * 40]
    for _ in range(2):  # deleting what is gone is no error
        iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert fails("NoSuchEntity", iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn) == (
        "OpenIDConnect Provider not found for arn " + arn)


def test_an_issuer_is_known_once_in_an_account(account, new_account):
    create(account)
    iam = account.client("iam")
    assert error(iam.create_open_id_connect_provider, Url="https://id.example.com/a", ThumbprintList=[PRINT]) == (
        "EntityAlreadyExists", "Provider with url https://id.example.com/a already exists.")
    create(new_account())


@pytest.mark.parametrize("url", ["http://id.example.com", "https://", "https:///a", "id.example.com",
                                 "https://u@id.example.com", "https://id.example.com?a=b", "https://id example"])
def test_urls_that_are_none_of_an_issuer(account, url):
    assert error(account.client("iam").create_open_id_connect_provider, Url=url, ThumbprintList=[PRINT]) == (
        "ValidationError", "Invalid Open ID Connect Provider URL")


def test_limits(account):
    iam = account.client("iam")
    arn = create(account, ClientIDList=["c%d" % i for i in range(100)])
    assert fails("LimitExceeded", iam.add_client_id_to_open_id_connect_provider,
                 OpenIDConnectProviderArn=arn, ClientID="one-more") == (
                     "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100")
    assert code_of(create, account, "https://b.example.com", ThumbprintList=["%040d" % i for i in range(6)]) == (
        "InvalidInput")
    assert code_of(create, account, "https://b.example.com", ThumbprintList=["x" * 40]) == "InvalidInput"
    for i in range(99):
        create(account, "https://id.example.com/%d" % i)
    assert fails("LimitExceeded", create, account, "https://b.example.com") == (
        "Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100")


def test_tags_have_pages_and_count_in_conditions(account):
    iam = account.client("iam")
    arn = create(account)
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn,
                                     Tags=[{"Key": "k%d" % i, "Value": "v"} for i in range(3)])
    first = iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn, MaxItems=2)
    assert first["IsTruncated"] and len(first["Tags"]) == 2
    rest = iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn, Marker=first["Marker"])
    assert rest["Tags"] == [{"Key": "k2", "Value": "v"}] and not rest["IsTruncated"]
    user = account.user("u", {"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": {
        "StringEquals": {"aws:ResourceTag/k0": "v"}}}).client("iam")
    user.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["k0", "none"])
    assert code_of(user.get_open_id_connect_provider, OpenIDConnectProviderArn=arn) == "AccessDenied"


def test_each_needs_its_permission(account, new_account):
    arn = create(account)
    some = account.user("nobody").client("iam")
    one = {"OpenIDConnectProviderArn": arn}
    calls = [
        (some.create_open_id_connect_provider, {"Url": "https://id.example.com/b", "ThumbprintList": [PRINT]}),
        (some.get_open_id_connect_provider, one), (some.delete_open_id_connect_provider, one),
        (some.list_open_id_connect_providers, {}),
        (some.update_open_id_connect_provider_thumbprint, {**one, "ThumbprintList": [PRINT]}),
        (some.add_client_id_to_open_id_connect_provider, {**one, "ClientID": "c"}),
        (some.remove_client_id_from_open_id_connect_provider, {**one, "ClientID": "slipway"}),
        (some.tag_open_id_connect_provider, {**one, "Tags": [{"Key": "k", "Value": "v"}]}),
        (some.untag_open_id_connect_provider, {**one, "TagKeys": ["k"]}),
        (some.list_open_id_connect_provider_tags, one)]
    for call, keywords in calls:
        assert code_of(call, **keywords) == "AccessDenied"
    stranger = new_account().client("iam")
    assert code_of(stranger.get_open_id_connect_provider, **one) == "AccessDenied"
    assert code_of(stranger.delete_open_id_connect_provider, **one) == "AccessDenied"
    found = account.client("iam").get_open_id_connect_provider(**one)
    assert found["ClientIDList"] == ["slipway"] and not found.get("Tags")


def test_a_thumbprint_that_is_not_given_is_taken_from_the_server(account):
    with Issuer() as issuer:
        arn = create(account, issuer.url, ThumbprintList=[])
        found = account.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        assert found["ThumbprintList"] == [issuer.thumbprint]
    assert code_of(create, account, issuer.url + "/gone", ThumbprintList=[]) == "OpenIdIdpCommunicationError"
