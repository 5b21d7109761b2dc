use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// AWS Signature Version 4. Keys come from the fields, else from the profile, else from the
/// environment (`AWS_ACCESS_KEY_ID`, …), else from the profile `default`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AwsV4 {
    /// Access key id.
    pub access_key_id: String,
    /// Secret access key.
    pub secret_access_key: String,
    /// Session token of temporary credentials; empty for none.
    pub session_token: String,
    /// Service, such as `s3`; empty for what the host name says.
    pub service: String,
    /// Region, such as `eu-central-1`; empty for what the host name, profile or environment says.
    pub region: String,
    /// Profile of the AWS files to take keys from; empty for none.
    pub profile_name: String,
    /// Where the signature goes.
    pub placement: SignaturePlace,
    /// How the body takes part in the signature.
    pub payload: AwsPayload,
    /// How long a signature in the query is valid, in seconds; empty for 300.
    pub expires: String,
}

/// Where a signature goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignaturePlace {
    /// The `Authorization` header.
    #[default]
    Header,
    /// Query parameters (a presigned URL).
    Query,
}

/// How the body takes part in an AWS signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AwsPayload {
    /// Its hash is signed.
    #[default]
    Signed,
    /// `UNSIGNED-PAYLOAD`.
    Unsigned,
    /// Signed piece by piece while it is sent (`STREAMING-AWS4-HMAC-SHA256-PAYLOAD`).
    Streamed,
}
