//! Where AWS keys come from: the fields, a profile, the environment, the default profile.

use errand_model::AwsV4 as Fields;
use zeroize::Zeroizing;

use super::profiles::{Profile, Profiles};
use crate::apply::no_controls;
use crate::{AwsSettings, Error};

/// Keys to sign with.
pub(super) struct Keys {
    pub id: String,
    pub secret: Zeroizing<String>,
    pub token: Option<Zeroizing<String>>,
}

/// Keys, and the region that is said beside them.
pub(super) struct Found {
    pub keys: Keys,
    pub region: Option<String>,
}

/// Settings of profiles whose keys AWS gives out only for a while, and what people call them.
const INDIRECT: [(&str, &str); 6] = [
    ("sso_session", "a sign-on in the browser (sso_session)"),
    ("sso_start_url", "a sign-on in the browser (sso_start_url)"),
    ("role_arn", "a role to assume (role_arn)"),
    ("source_profile", "another profile (source_profile)"),
    ("credential_process", "a program (credential_process)"),
    ("web_identity_token_file", "a web identity (web_identity_token_file)"),
];

/// Looks for keys.
pub(super) fn find(fields: &Fields, settings: &AwsSettings) -> Result<Found, Error> {
    let profiles = Profiles::read(
        settings.credentials.as_ref().map(crate::Secret::expose),
        settings.config.as_ref().map(crate::Secret::expose),
    );
    let named = fields.profile_name.trim();
    let variable = |name| settings.variable(name).map(crate::Secret::expose);
    let default = variable("AWS_PROFILE").unwrap_or("default");
    let keys = if let Some(keys) = of_fields(fields)? {
        keys
    } else if !named.is_empty() {
        of_profile(&profiles, named)?
    } else if let Some(keys) = of_environment(settings)? {
        keys
    } else if profiles.get(default).is_some() || variable("AWS_PROFILE").is_some() {
        of_profile(&profiles, default)?
    } else {
        return Err(none_found());
    };
    let region_of = |name: &str| profiles.get(name).and_then(|profile| profile.get("region"));
    let region = region_of(named)
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .or_else(|| region_of(default))
        .map(str::to_owned);
    Ok(Found { keys, region })
}

fn of_fields(fields: &Fields) -> Result<Option<Keys>, Error> {
    let given = [&fields.access_key_id, &fields.secret_access_key, &fields.session_token]
        .map(|text| Some(text.trim()).filter(|text| !text.is_empty()));
    keys(given, "the fields have", ["an access key id", "a secret access key", "a session token"])
}

fn of_environment(settings: &AwsSettings) -> Result<Option<Keys>, Error> {
    let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    let given = names.map(|name| settings.variable(name).map(crate::Secret::expose));
    keys(given, "the environment has", names)
}

fn of_profile(profiles: &Profiles, name: &str) -> Result<Keys, Error> {
    let Some(profile) = profiles.get(name) else {
        let names = profiles.names();
        let have = if names.is_empty() { "no profiles at all".to_owned() } else { names };
        return Err(missing(format!(
            "there is no profile \"{name}\". The AWS files have {have}. Choose one, or add it with: aws configure --profile {name}"
        )));
    };
    let names = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
    let given = names.map(|name| profile.get(name));
    let whose = format!("the profile \"{name}\" has");
    match keys(given, &whose, names)? {
        Some(keys) => Ok(keys),
        None => Err(keyless(profile)),
    }
}

/// Id, secret and token; all or none of the first two.
fn keys(
    [id, secret, token]: [Option<&str>; 3],
    whose: &str,
    [id_name, secret_name, token_name]: [&str; 3],
) -> Result<Option<Keys>, Error> {
    let partly = |has: &str, lacks: &str| {
        missing(format!("{whose} {has}, but not {lacks}. Give both, or neither"))
    };
    let (id, secret) = match (id, secret) {
        (Some(id), Some(secret)) => (id, secret),
        (Some(_), None) => return Err(partly(id_name, secret_name)),
        (None, Some(_)) => return Err(partly(secret_name, id_name)),
        (None, None) if token.is_some() => return Err(partly(token_name, id_name)),
        (None, None) => return Ok(None),
    };
    no_controls("access key id", id)?;
    no_controls("session token", token.unwrap_or_default())?;
    Ok(Some(Keys {
        id: id.to_owned(),
        secret: Zeroizing::new(secret.to_owned()),
        token: token.map(|token| Zeroizing::new(token.to_owned())),
    }))
}

/// A profile without keys: often one that says where else they are.
fn keyless(profile: &Profile) -> Error {
    let name = &profile.name;
    let advice = format!(
        "Run: aws configure export-credentials --profile {name} --format env, and put what it prints into secret variables"
    );
    match INDIRECT.iter().find(|(setting, _)| profile.get(setting).is_some()) {
        Some((_, source)) => missing(format!(
            "the profile \"{name}\" takes its keys from {source}, which is not done here. {advice}"
        )),
        None => missing(format!(
            "the profile \"{name}\" has no keys. Add them with: aws configure --profile {name}"
        )),
    }
}

fn none_found() -> Error {
    missing(
        "there are none in the fields, in the environment (AWS_ACCESS_KEY_ID) or in a profile \"default\". Fill in an access key id and a secret access key, or name a profile".to_owned(),
    )
}

fn missing(reason: String) -> Error {
    Error::Aws { reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn settings(credentials: &str, config: &str, environment: &[(&str, &str)]) -> AwsSettings {
        AwsSettings {
            credentials: Some(Secret::from(credentials)),
            config: Some(Secret::from(config)),
            environment: environment
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Secret::from(*value)))
                .collect(),
        }
    }

    fn fields(id: &str, secret: &str, profile: &str) -> Fields {
        Fields {
            access_key_id: id.to_owned(),
            secret_access_key: secret.to_owned(),
            profile_name: profile.to_owned(),
            ..Fields::default()
        }
    }

    fn id(fields: &Fields, settings: &AwsSettings) -> String {
        find(fields, settings).map_or_else(|error| error.to_string(), |found| found.keys.id)
    }

    const FILE: &str = "[default]\naws_access_key_id=D\naws_secret_access_key=s\n[work]\naws_access_key_id=W\naws_secret_access_key=s\naws_session_token=t\n[half]\naws_access_key_id=canary\n";
    const CONFIG: &str = "[default]\nregion=eu-north-1\n[profile work]\nregion=eu-west-2\n[profile sso]\nsso_session=corp\n[profile empty]\nregion=x\n";
    const ENVIRONMENT: [(&str, &str); 3] =
        [("AWS_ACCESS_KEY_ID", "E"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_REGION", "us-west-1")];

    #[test]
    fn fields_then_profile_then_environment_then_default() {
        let all = settings(FILE, CONFIG, &ENVIRONMENT);
        assert_eq!(id(&fields("F", "s", "work"), &all), "F");
        assert_eq!(id(&fields("", "", "work"), &all), "W");
        assert_eq!(id(&fields("", "", ""), &all), "E");
        assert_eq!(id(&fields("", "", ""), &settings(FILE, CONFIG, &[])), "D");
        let chosen = settings(FILE, CONFIG, &[("AWS_PROFILE", "work")]);
        let found = find(&fields("", "", ""), &chosen).expect("the profile of the environment");
        assert_eq!((found.keys.id.as_str(), found.region.as_deref()), ("W", Some("eu-west-2")));
        assert_eq!(found.keys.token.as_deref().map(String::as_str), Some("t"));
        let found = find(&fields("", "", ""), &all).expect("environment");
        assert_eq!(found.region.as_deref(), Some("us-west-1"));
    }

    #[test]
    fn what_is_missing_is_said() {
        let files = settings(FILE, CONFIG, &[]);
        let said = |id_: &str, secret: &str, profile: &str, part: &str| {
            let message = id(&fields(id_, secret, profile), &files);
            assert!(message.contains(part) && !message.contains("canary"), "{message}");
        };
        said("canary", "", "", "but not a secret access key");
        said("", "canary", "", "but not an access key id");
        said("", "", "half", "but not aws_secret_access_key");
        said("", "", "nobody", "default, work, half, sso, empty");
        said("", "", "sso", "export-credentials --profile sso");
        said("", "", "empty", "has no keys");
        assert!(id(&fields("", "", ""), &AwsSettings::default()).contains("name a profile"));
        let half = settings("", "", &[("AWS_ACCESS_KEY_ID", "canary")]);
        assert!(id(&fields("", "", ""), &half).contains("but not AWS_SECRET_ACCESS_KEY"));
    }
}
