"""Virtual MFA devices: made, read by a phone, enabled with its codes, and who has them."""
import base64
import struct
import urllib.parse
import zlib

import pytest
import zbar

import raw
from errors import error
from mfa import Device, code, step_now
from sts_support import allow


@pytest.fixture
def iam(account):
    return account.client("iam")


def user_of(account, name="alice"):
    account.client("iam").create_user(UserName=name)
    return name


def serial_of(account, name):
    return "arn:aws:iam::%s:mfa%s" % (account.id, name)


def get_device(account, **given):
    """GetMFADevice, which Debian's botocore does not know: the answer, raw."""
    return raw.form_call(account, "iam", urllib.parse.urlencode(
        {"Action": "GetMFADevice", "Version": "2010-05-08", **given}))


def chunks(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        body = png[at + 8:at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body)
        yield kind, body
        at += 12 + length


def read_qr(png):
    """What a camera would see, and what it would make of it."""
    parts = dict(chunks(png))
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (depth, colour) == (1, 0)
    rows, row = zlib.decompress(parts[b"IDAT"]), 1 + (width + 7) // 8
    dots = bytearray()
    for y in range(height):
        line = rows[y * row:(y + 1) * row]
        assert line[0] == 0
        dots += bytes(255 if line[1 + x // 8] >> 7 - x % 8 & 1 else 0 for x in range(width))
    image = zbar.Image(width, height, "Y800", bytes(dots))
    zbar.ImageScanner().scan(image)
    return [symbol.data for symbol in image]


def test_a_new_device_has_a_seed_and_a_code_that_phones_read(account, iam):
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/a/b/", Tags=[
        {"Key": "k", "Value": "v"}])["VirtualMFADevice"]
    assert made["SerialNumber"] == serial_of(account, "/a/b/phone")
    seed = made["Base32StringSeed"]
    assert len(base64.b32decode(seed)) == 40
    assert read_qr(made["QRCodePNG"]) == ["otpauth://totp/phone@%s?secret=%s" % (account.id, seed.decode())]
    alias = "a-" + account.id
    iam.create_account_alias(AccountAlias=alias)
    other = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
    assert read_qr(other["QRCodePNG"])[0].startswith("otpauth://totp/phone@%s?secret=" % alias)
    assert other["Base32StringSeed"] != seed
    assert error(iam.create_virtual_mfa_device, VirtualMFADeviceName="phone") == (
        "EntityAlreadyExists", "MFADevice entity at the same path and name already exists.")


def test_two_codes_in_a_row_enable_a_device(account, iam):
    phone = Device(account, user_of(account))
    assert iam.list_mfa_devices(UserName="alice")["MFADevices"] == []
    phone.enable()
    found = iam.list_mfa_devices(UserName="alice")["MFADevices"]
    assert [(each["UserName"], each["SerialNumber"]) for each in found] == [("alice", phone.serial)]
    got = get_device(account, SerialNumber=phone.serial, UserName="alice")
    assert (got.element("UserName"), got.element("SerialNumber")) == ("alice", phone.serial)
    assert got.element("EnableDate")[:19] == found[0]["EnableDate"].isoformat()[:19]
    assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=phone.serial, **phone.two()) == (
        "EntityAlreadyExists", "MFA device is already in use.")


@pytest.mark.parametrize("steps", [(-1, -2), (-1, -1), (-3, -1), (-60, -59), (60, 61)])
def test_other_codes_do_not_enable(account, iam, steps):
    phone, now = Device(account, user_of(account)), step_now()
    first, second = (code(phone.seed, now + step) for step in steps)
    assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=phone.serial, AuthenticationCode1=first,
                 AuthenticationCode2=second) == (
        "InvalidAuthenticationCode", "Authentication code for device is not valid.")
    assert iam.list_mfa_devices(UserName="alice")["MFADevices"] == []


def test_what_enabling_needs(account, iam):
    phone = Device(account, user_of(account))
    missing = serial_of(account, "/none")
    assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=missing, **phone.two()) == (
        "NoSuchEntity", "VirtualMFADevice with serial number %s does not exist." % missing)
    assert error(iam.enable_mfa_device, UserName="bob", SerialNumber=phone.serial, **phone.two()) == (
        "NoSuchEntity", "The user with name bob cannot be found.")
    loose = account.client("iam", validate=False)
    for bad in ("12345", "1234567", "12345a"):
        assert error(loose.enable_mfa_device, UserName="alice", SerialNumber=phone.serial,
                     AuthenticationCode1=bad, AuthenticationCode2="123456")[0] == "ValidationError"


def test_a_user_has_at_most_eight(account, iam):
    user_of(account)
    for i in range(8):
        Device(account, "alice", "phone%d" % i).enable()
    more = Device(account, "alice", "more")
    assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=more.serial, **more.two()) == (
        "LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 8")
    first = iam.list_mfa_devices(UserName="alice", MaxItems=5)
    rest = iam.list_mfa_devices(UserName="alice", Marker=first["Marker"])
    assert [each["SerialNumber"][-1] for each in first["MFADevices"] + rest["MFADevices"]] == list("01234567")
    assert first["IsTruncated"] and not rest["IsTruncated"]


def test_codes_that_enabled_are_used_up_also_for_the_next_user(account, iam):
    phone = Device(account, user_of(account))
    codes = phone.two()
    iam.enable_mfa_device(UserName="alice", SerialNumber=phone.serial, **codes)
    iam.deactivate_mfa_device(UserName="alice", SerialNumber=phone.serial)
    user_of(account, "bob")
    assert error(iam.enable_mfa_device, UserName="bob", SerialNumber=phone.serial, **codes)[0] == \
        "InvalidAuthenticationCode"
    iam.enable_mfa_device(UserName="bob", SerialNumber=phone.serial, **phone.two())


def test_a_device_in_use_and_its_user_stay(account, iam):
    phone = Device(account, user_of(account)).enable()
    assert error(iam.delete_virtual_mfa_device, SerialNumber=phone.serial) == (
        "DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.")
    assert error(iam.delete_user, UserName="alice") == (
        "DeleteConflict", "Cannot delete entity, must delete MFA device first.")
    user_of(account, "bob")
    assert error(iam.deactivate_mfa_device, UserName="bob", SerialNumber=phone.serial) == (
        "NoSuchEntity", "MFA Device invalid for user.")
    assert get_device(account, UserName="bob", SerialNumber=phone.serial).element("Code") == "NoSuchEntity"
    iam.deactivate_mfa_device(UserName="alice", SerialNumber=phone.serial)
    iam.delete_user(UserName="alice")
    iam.delete_virtual_mfa_device(SerialNumber=phone.serial)
    assert error(iam.delete_virtual_mfa_device, SerialNumber=phone.serial) == (
        "NoSuchEntity", "VirtualMFADevice with serial number %s does not exist." % phone.serial)


def test_devices_are_listed_by_whether_somebody_has_them(account, iam):
    user_of(account)
    used, free = Device(account, "alice", "used").enable(), Device(account, "alice", "free")

    def listed(**more):
        return iam.list_virtual_mfa_devices(**more)["VirtualMFADevices"]

    assert [each["SerialNumber"] for each in listed()] == [free.serial, used.serial]
    assert [each["SerialNumber"] for each in listed(AssignmentStatus="Any")] == [free.serial, used.serial]
    assert listed(AssignmentStatus="Unassigned") == [{"SerialNumber": free.serial}]
    [one] = listed(AssignmentStatus="Assigned")
    assert one["User"]["UserName"] == "alice" and one["User"]["Arn"].endswith(":user/alice") and one["EnableDate"]
    page = iam.list_virtual_mfa_devices(MaxItems=1)
    assert page["IsTruncated"] and [each["SerialNumber"] for each in listed(Marker=page["Marker"])] == [used.serial]
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["MFADevices"], summary["MFADevicesInUse"]) == (2, 1)


def test_a_device_whose_clock_is_off_is_set_right(account, iam):
    phone = Device(account, user_of(account)).enable()
    assert error(iam.resync_mfa_device, UserName="alice", SerialNumber=phone.serial, AuthenticationCode1=phone.wrong(),
                 AuthenticationCode2=phone.wrong())[0] == "InvalidAuthenticationCode"
    before = iam.list_mfa_devices(UserName="alice")["MFADevices"]
    phone.used = step_now() + 10
    iam.resync_mfa_device(UserName="alice", SerialNumber=phone.serial, **phone.two())
    assert iam.list_mfa_devices(UserName="alice")["MFADevices"] == before
    user_of(account, "bob")
    assert error(iam.resync_mfa_device, UserName="bob", SerialNumber=phone.serial, **phone.two()) == (
        "NoSuchEntity", "MFA Device invalid for user.")


def test_wrong_codes_are_looked_at_five_times(account, iam):
    phone = Device(account, user_of(account))
    wrong = {"AuthenticationCode1": phone.wrong(), "AuthenticationCode2": phone.wrong()}
    for _ in range(5):
        assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=phone.serial, **wrong)[0] == \
            "InvalidAuthenticationCode"
    for codes in (wrong, phone.two()):
        assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=phone.serial, **codes) == (
            "Throttling", "Rate exceeded")
    # another user's are not meant
    Device(account, user_of(account, "bob"), "other").enable()


def test_tags_of_a_device(account, iam):
    phone = Device(account, "alice", Tags=[{"Key": "a", "Value": "1"}])
    iam.tag_mfa_device(SerialNumber=phone.serial, Tags=[{"Key": "b", "Value": "2"}])
    iam.untag_mfa_device(SerialNumber=phone.serial, TagKeys=["a"])
    assert iam.list_mfa_device_tags(SerialNumber=phone.serial)["Tags"] == [{"Key": "b", "Value": "2"}]
    assert error(iam.list_mfa_device_tags, SerialNumber=phone.serial + "x")[0] == "NoSuchEntity"
    keeper = account.user("keeper", allow("iam:*", Condition={"StringEquals": {"aws:ResourceTag/b": "2"}})).client("iam")
    keeper.list_mfa_device_tags(SerialNumber=phone.serial)
    iam.untag_mfa_device(SerialNumber=phone.serial, TagKeys=["b"])
    assert error(keeper.list_mfa_device_tags, SerialNumber=phone.serial)[0] == "AccessDenied"


def test_users_manage_their_own(account):
    """The policy of AWS's user guide, in short."""
    own = "arn:aws:iam::%s:%%s/${aws:username}" % account.id
    alice = account.user(
        "alice", allow("iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice", resource=own % "mfa"),
        allow("iam:EnableMFADevice", "iam:ResyncMFADevice", "iam:DeactivateMFADevice", "iam:ListMFADevices",
              "iam:GetMFADevice", resource=own % "user"))
    user_of(account, "bob")
    phone = Device(alice, "alice", "alice").enable()
    iam = alice.client("iam")
    assert iam.list_mfa_devices()["MFADevices"][0]["SerialNumber"] == phone.serial
    assert get_device(alice, SerialNumber=phone.serial).element("UserName") == "alice"
    assert error(iam.create_virtual_mfa_device, VirtualMFADeviceName="bob") == (
        "AccessDenied", "User: arn:aws:iam::%s:user/alice is not authorized to perform: iam:CreateVirtualMFADevice on "
        "resource: %s because no identity-based policy allows the iam:CreateVirtualMFADevice action"
        % (account.id, serial_of(account, "/bob")))
    for call in (iam.enable_mfa_device, iam.resync_mfa_device):
        assert error(call, UserName="bob", SerialNumber=phone.serial, **phone.two())[0] == "AccessDenied"
    assert error(iam.list_virtual_mfa_devices)[0] == "AccessDenied"
    assert error(iam.list_mfa_devices, UserName="bob")[0] == "AccessDenied"
    assert error(iam.deactivate_mfa_device, UserName="bob", SerialNumber=phone.serial)[0] == "AccessDenied"
    assert get_device(alice, UserName="bob", SerialNumber=phone.serial).element("Code") == "AccessDenied"
    iam.deactivate_mfa_device(UserName="alice", SerialNumber=phone.serial)
    iam.delete_virtual_mfa_device(SerialNumber=phone.serial)


def test_devices_of_another_account_are_not_there(account, new_account):
    phone, other = Device(account, user_of(account)), new_account()
    user_of(other)
    iam = other.client("iam")
    assert error(iam.enable_mfa_device, UserName="alice", SerialNumber=phone.serial, **phone.two())[0] == "NoSuchEntity"
    assert error(iam.delete_virtual_mfa_device, SerialNumber=phone.serial)[0] == "AccessDenied"


def test_names_and_paths_have_limits(account):
    iam = account.client("iam", validate=False)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="n" * 226)
    for wrong in ({"VirtualMFADeviceName": "n" * 227}, {"VirtualMFADeviceName": "a b"}, {
            "VirtualMFADeviceName": "n" * 200, "Path": "/%s/" % ("p" * 100)}):
        assert error(iam.create_virtual_mfa_device, **wrong)[0] == "ValidationError"


def test_seeds_and_codes_are_in_no_record(account, iam):
    phone = Device(account, user_of(account))
    codes = phone.two()
    iam.enable_mfa_device(UserName="alice", SerialNumber=phone.serial, **codes)
    events = account.client("cloudtrail").lookup_events()["Events"]
    assert {"CreateVirtualMFADevice", "EnableMFADevice"} <= {event["EventName"] for event in events}
    text = "".join(event["CloudTrailEvent"] for event in events)
    assert phone.serial in text
    for secret in (phone.seed.decode(), base64.b64encode(phone.seed).decode(), *codes.values()):
        assert '"%s"' % secret not in text
