"""An authenticator: codes of RFC 6238, as a phone shows them, from Python's own libraries."""
import base64
import hashlib
import hmac
import struct
import time

STEP = 30


def step_now(clock=time.time):
    return int(clock()) // STEP


def code(seed, step):
    """The code of a step; seed: base32, as CreateVirtualMFADevice gives it."""
    mac = hmac.digest(base64.b32decode(seed), struct.pack(">Q", step), hashlib.sha1)
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 1000000)


class Device:
    """A device of a user. Each code() is a new one: the server takes the one before this step's, this
    step's and the next, each once, so three can be had without waiting when the first two enable it."""

    def __init__(self, account, user, name="phone", clock=time.time, **more):
        self.iam, self.user, self.clock = account.client("iam"), user, clock
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName=name, **more)["VirtualMFADevice"]
        self.serial, self.seed, self.png = made["SerialNumber"], made["Base32StringSeed"], made["QRCodePNG"]
        self.used = 0

    def code(self):
        self.used = max(self.used + 1, step_now(self.clock) - 1)
        return code(self.seed, self.used)

    def wrong(self):
        """No code of any step that could be meant."""
        near = {code(self.seed, step_now(self.clock) + i) for i in range(-30, 31)}
        return next(text for text in ("%06d" % i for i in range(100)) if text not in near)

    def two(self, back=2):
        """Two in a row, of steps that are past."""
        first = max(self.used + 1, step_now(self.clock) - back)
        self.used = first + 1
        return {"AuthenticationCode1": code(self.seed, first), "AuthenticationCode2": code(self.seed, first + 1)}

    def enable(self):
        self.iam.enable_mfa_device(UserName=self.user, SerialNumber=self.serial, **self.two())
        return self

    def shown(self):
        """What a call that wants a code is given."""
        return {"SerialNumber": self.serial, "TokenCode": self.code()}
