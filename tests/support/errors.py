"""The error that a call of boto3 ends with."""
import pytest
from botocore.exceptions import ClientError


def response_of(call, *arguments, **keywords):
    """All of the answer; the test fails if the call does not."""
    with pytest.raises(ClientError) as caught:
        call(*arguments, **keywords)
    return caught.value.response


def error_of(call, *arguments, **keywords):
    return response_of(call, *arguments, **keywords)["Error"]


def code_of(call, *arguments, **keywords):
    return error_of(call, *arguments, **keywords)["Code"]


def fails(code, call, *arguments, **keywords):
    """The message of the error that must have this code."""
    found = error_of(call, *arguments, **keywords)
    assert found["Code"] == code, found
    return found["Message"]


def error(call, *arguments, **keywords):
    """The code and the message."""
    found = error_of(call, *arguments, **keywords)
    return found["Code"], found["Message"]
