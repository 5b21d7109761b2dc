//! For which service and region a signature is good, and what a host name says of that.

use super::refused;
use crate::Error;

/// A service in a region.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub service: String,
    pub region: String,
}

impl Scope {
    /// What the fields say, else the host name, else `home` (for the region).
    pub fn find(
        host: &str,
        service: &str,
        region: &str,
        home: Option<&str>,
    ) -> Result<Self, Error> {
        let (by_host, region_by_host) = of_host(host);
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let service = given(service).or(by_host).ok_or_else(|| {
            refused(&format!(
                "the host name {host} does not say which service it is. Fill in the service, such as s3 or execute-api"
            ))
        })?;
        let region = given(region)
            .or(region_by_host)
            .or_else(|| home.and_then(given))
            .ok_or_else(|| {
                refused(&format!(
                    "neither the host name {host} nor the AWS settings say which region it is in. Fill in the region, such as eu-central-1"
                ))
            })?;
        Ok(Self { service, region })
    }

    /// Whether the rules of S3 hold.
    pub fn is_s3(&self) -> bool {
        ["s3", "s3-outposts", "s3-object-lambda", "s3express"].contains(&self.service.as_str())
    }

    /// `20130524/us-east-1/s3/aws4_request`
    pub fn text(&self, date: &str) -> String {
        format!("{}/{}/{}/aws4_request", day(date), self.region, self.service)
    }

    /// The access key id with the scope.
    pub fn credential(&self, id: &str, date: &str) -> String {
        format!("{id}/{}", self.text(date))
    }
}

/// The day of a date such as `20130524T000000Z`.
pub(super) fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// Services that are in one place for all the world, and whose host names have no region.
const GLOBAL: [&str; 12] = [
    "budgets",
    "ce",
    "cloudfront",
    "globalaccelerator",
    "iam",
    "importexport",
    "organizations",
    "route53",
    "s3",
    "shield",
    "sts",
    "support",
];

/// Service and region, as far as the host name of an AWS endpoint says them.
fn of_host(host: &str) -> (Option<String>, Option<String>) {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let ends =
        [".amazonaws.com.cn", ".amazonaws.com", ".api.aws", ".on.aws", ".vpce.amazonaws.com"];
    let Some(name) = ends.iter().rev().find_map(|end| host.strip_suffix(end)) else {
        return (None, None);
    };
    let labels: Vec<&str> = name.split('.').filter(|label| !is_decoration(label)).collect();
    let Some((&last, before)) = labels.split_last() else { return (None, None) };
    if let Some(at) = labels.iter().rposition(|label| is_region(label)) {
        // `search-x.eu-west-1.es`: the service stands after its region.
        let service =
            labels.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| labels.get(at)));
        return (service.map(|label| service_named(label)), Some(labels[at].to_owned()));
    }
    // `s3-eu-west-1` and `bucket.s3-eu-west-1`: the older form.
    if let Some(region) = last.strip_prefix("s3-").filter(|region| is_region(region)) {
        return (Some("s3".to_owned()), Some(region.to_owned()));
    }
    let service = service_named(last);
    let global = GLOBAL.contains(&service.as_str()) || (before.is_empty() && service == "sqs");
    let region = global.then(|| "us-east-1".to_owned());
    (Some(service), region)
}

fn is_decoration(label: &str) -> bool {
    ["dualstack", "vpce", "fips"].contains(&label)
}

/// Such as `eu-central-1` and `us-gov-west-1`.
fn is_region(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    let letters = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let [area, words @ .., number] = parts.as_slice() else { return false };
    area.len() == 2
        && letters(area)
        && !words.is_empty()
        && words.iter().all(letters)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The name a service signs with, by the word in its host name.
fn service_named(label: &str) -> String {
    let label = label.strip_suffix("-fips").unwrap_or(label);
    match label {
        "email" => "ses",
        "queue" => "sqs",
        "appsync-api" => "appsync",
        "lambda-url" => "lambda",
        "s3-accesspoint" | "s3-accelerate" | "s3-control" => "s3",
        "bedrock-runtime" | "bedrock-agent" | "bedrock-agent-runtime" => "bedrock",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(host: &str) -> String {
        let (service, region) = of_host(host);
        format!("{}/{}", service.as_deref().unwrap_or("-"), region.as_deref().unwrap_or("-"))
    }

    #[test]
    fn host_names_say_service_and_region() {
        for (host, expected) in [
            ("dynamodb.eu-central-1.amazonaws.com", "dynamodb/eu-central-1"),
            ("s3.amazonaws.com", "s3/us-east-1"),
            ("bucket.s3.eu-west-3.amazonaws.com", "s3/eu-west-3"),
            ("my.bucket.s3.amazonaws.com", "s3/us-east-1"),
            ("s3-eu-west-1.amazonaws.com", "s3/eu-west-1"),
            ("bucket.s3.dualstack.us-gov-west-1.amazonaws.com", "s3/us-gov-west-1"),
            ("abc123.execute-api.ap-southeast-2.amazonaws.com", "execute-api/ap-southeast-2"),
            ("search-x.us-west-2.es.amazonaws.com", "es/us-west-2"),
            ("sqs.cn-north-1.amazonaws.com.cn", "sqs/cn-north-1"),
            ("us-east-2.queue.amazonaws.com", "sqs/us-east-2"),
            ("iam.amazonaws.com", "iam/us-east-1"),
            ("sts.us-west-1.amazonaws.com", "sts/us-west-1"),
            ("email.eu-west-1.amazonaws.com", "ses/eu-west-1"),
            ("bedrock-runtime.us-east-1.amazonaws.com", "bedrock/us-east-1"),
            ("xyz.lambda-url.eu-north-1.on.aws", "lambda/eu-north-1"),
            ("lambda.eu-west-1.api.aws", "lambda/eu-west-1"),
            ("kms-fips.us-east-1.amazonaws.com", "kms/us-east-1"),
            ("vpce-1a.execute-api.us-east-1.vpce.amazonaws.com", "execute-api/us-east-1"),
            ("example.amazonaws.com", "example/-"),
            ("localhost", "-/-"),
            ("amazonaws.com", "-/-"),
        ] {
            assert_eq!(of(host), expected, "{host}");
        }
    }

    #[test]
    fn what_is_typed_comes_first_and_what_is_missing_is_named() {
        let scope = |host, service, region, home| Scope::find(host, service, region, home);
        let s3 = scope("minio.test", "s3", "", Some("eu-west-1")).expect("typed and home");
        assert_eq!(s3.text("20130524T000000Z"), "20130524/eu-west-1/s3/aws4_request");
        let typed = scope("s3.eu-west-1.amazonaws.com", "", "us-east-2", None).expect("typed");
        assert_eq!(typed.region, "us-east-2");
        let error = scope("minio.test", "", "", None).expect_err("no service").to_string();
        assert!(error.contains("minio.test") && error.contains("Fill in the service"), "{error}");
        let error = scope("minio.test", "s3", "", None).expect_err("no region").to_string();
        assert!(error.contains("Fill in the region"), "{error}");
    }
}
