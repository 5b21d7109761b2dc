"""AWS as moto plays it, on a free loopback port, with its checks of signature and policy switched on.

Before it switches them on it makes a user with a key, a role to assume, a bucket and a secret. Says where all that is
in one line of JSON; ends when its input does.
"""

import json
import logging
import os
import sys

# Once the line is printed every call is checked; moto counts from here. Never before: it looks at its start.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "inf"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import boto3
import requests
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from moto.iam import access_control
from moto.server import ThreadedMotoServer
from urllib.parse import parse_qsl, urlsplit

REGION = "eu-central-1"
ACCOUNT = "123456789012"
BUCKET = "errand-tests"
SECRET_NAME = "errand/token"
SECRET = "kept-by-secrets-manager"

MAY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": ["s3:*", "secretsmanager:*", "sts:*"], "Resource": "*"}
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    ],
}


class PresignedS3Request(access_control.S3IAMRequest):
    """What moto checks of a signature in a header, for one in the query; AWS's own library works it out."""

    def __init__(self, **given):
        address, _, query = given["path"].partition("?")
        self._presigned = dict(parse_qsl(query, keep_blank_values=True))
        if "X-Amz-Signature" in self._presigned:
            pairs = query.split("&")
            kept = [pair for pair in pairs if not pair.startswith("X-Amz-Signature=")]
            given["path"] = address + "?" + "&".join(kept)
            part = self._presigned.get
            given["headers"] = dict(given["headers"]) | {
                "Authorization": f"Credential={part('X-Amz-Credential')},"
                f"SignedHeaders={part('X-Amz-SignedHeaders')},Signature={part('X-Amz-Signature')}"
            }
            if "X-Amz-Security-Token" in self._presigned:
                given["headers"]["X-Amz-Security-Token"] = part("X-Amz-Security-Token")
        super().__init__(**given)

    def _create_auth(self, credentials):
        if "X-Amz-Signature" not in self._presigned:
            return super()._create_auth(credentials)
        return S3SigV4QueryAuth(credentials, self._service, self._region)

    def _create_aws_request(self):
        if "X-Amz-Signature" not in self._presigned:
            return super()._create_aws_request()
        signed = self._presigned["X-Amz-SignedHeaders"].split(";")
        headers = self._create_headers_for_aws_request(signed, self._headers)
        request = AWSRequest(method=self._method, url=self._path, headers=headers)
        request.context["timestamp"] = self._presigned["X-Amz-Date"]
        return request


access_control.S3IAMRequest = PresignedS3Request


def furnish(url):
    def service(name):
        return boto3.client(
            name,
            endpoint_url=url,
            region_name=REGION,
            aws_access_key_id="setup",
            aws_secret_access_key="setup",
        )

    iam = service("iam")
    iam.create_user(UserName="errand")
    iam.put_user_policy(UserName="errand", PolicyName="may", PolicyDocument=json.dumps(MAY))
    key = iam.create_access_key(UserName="errand")["AccessKey"]
    iam.create_user(UserName="powerless")
    powerless = iam.create_access_key(UserName="powerless")["AccessKey"]
    role = iam.create_role(RoleName="errand", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.put_role_policy(RoleName="errand", PolicyName="may", PolicyDocument=json.dumps(MAY))
    session = service("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="tests")
    session = session["Credentials"]

    s3 = service("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=BUCKET, Key="hello.txt", Body=b"hello")
    service("secretsmanager").create_secret(Name=SECRET_NAME, SecretString=SECRET)

    def pair(key):
        return {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}

    return {
        "region": REGION,
        "account": ACCOUNT,
        "bucket": BUCKET,
        "secretName": SECRET_NAME,
        "secret": SECRET,
        "key": pair(key),
        "powerless": pair(powerless),
        "session": pair(session) | {"token": session["SessionToken"]},
    }


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://127.0.0.1:{port}"
world = furnish(url)
requests.post(f"{url}/moto-api/reset-auth", data=b"0", timeout=30).raise_for_status()
print(json.dumps({"url": url} | world), flush=True)
sys.stdin.buffer.read()
server.stop()
