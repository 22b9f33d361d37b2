"""`aws` with a clock and an endpoint of the test's: aws_at.py SECONDS ENDPOINT ARGUMENT…

The clock is SECONDS ahead. ENDPOINT is for every client that the command makes: `cloudtrail
validate-logs` gives --endpoint-url to one of its clients, and looks for the bucket at AWS.
"""
import datetime
import sys
import types

import awscli.clidriver  # makes its own botocore the one that is found
import botocore.auth as auth
import botocore.session as session


def follow(seconds):
    class Time(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return datetime.datetime.utcnow() + datetime.timedelta(seconds=seconds)

    auth.datetime = types.SimpleNamespace(datetime=Time)


def send_to(endpoint):
    create = session.Session.create_client

    def create_client(self, *arguments, **named):
        return create(self, *arguments, **{**named, "endpoint_url": named.get("endpoint_url") or endpoint})

    session.Session.create_client = create_client


if __name__ == "__main__":
    follow(float(sys.argv[1]))
    send_to(sys.argv[2])
    sys.argv[1:3] = []
    sys.exit(awscli.clidriver.main())
