//! What the AWS tools keep on a machine.

use errand_auth::{AwsSettings, Secret};

use super::Wanted;
use crate::{Error, Machine, files};

/// The files and variables of the AWS tools.
pub(super) async fn settings(machine: &Machine) -> Result<AwsSettings, Error> {
    let environment = machine
        .variables
        .iter()
        .filter_map(|(name, value)| Some((name.to_str()?, value.to_str()?)));
    let environment = environment
        .filter(|(name, _)| name.starts_with("AWS_"))
        .map(|(name, value)| (name.to_owned(), Secret::from(value)))
        .collect();
    let credentials = file(machine, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials").await?;
    let config = file(machine, "AWS_CONFIG_FILE", ".aws/config").await?;
    Ok(AwsSettings { credentials, config, environment })
}

async fn file(machine: &Machine, variable: &str, usual: &str) -> Result<Option<Secret>, Error> {
    const LONGEST: usize = 1024 * 1024;
    let path =
        machine.setting(variable).map(|path| machine.path(path)).or_else(|| machine.in_home(usual));
    match path.filter(|path| path.is_file()) {
        Some(path) => files::content(&path, LONGEST).await.map(Some),
        None => Ok(None),
    }
}

/// The ARN's, the field's, the profile's when one is named, the environment's, the default profile's.
pub(super) fn region(
    wanted: &Wanted<'_>,
    machine: &Machine,
    settings: &AwsSettings,
) -> Result<String, Error> {
    let of_arn = wanted.secret.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2));
    let of_environment = || {
        let variables = ["AWS_REGION", "AWS_DEFAULT_REGION"];
        variables.iter().find_map(|name| machine.setting(name)).map(str::to_owned)
    };
    let of_profile = |name: &str| {
        let text = settings.config.as_ref().map(Secret::expose).unwrap_or_default();
        region_in(text, name)
    };
    let written = of_arn.into_iter().chain([wanted.region]).find(|region| !region.is_empty());
    let region = match (written, wanted.profile) {
        (Some(region), _) => Some(region.to_owned()),
        (None, "") => {
            let profile = machine.setting("AWS_PROFILE").unwrap_or("default");
            of_environment().or_else(|| of_profile(profile))
        }
        (None, profile) => of_profile(profile).or_else(of_environment),
    };
    let of_a_name = |region: &String| region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match region {
        Some(region) if of_a_name(&region) => Ok(region),
        Some(region) => Err(Error::Invalid {
            field: "region",
            reason: format!("is no region's name: \"{region}\""),
        }),
        None => {
            let reason = "is empty, and neither the AWS profile nor AWS_REGION says one".to_owned();
            Err(Error::Invalid { field: "region", reason })
        }
    }
}

/// `region = …` below `[profile NAME]`, or `[default]`.
fn region_in(config: &str, profile: &str) -> Option<String> {
    let mut inside = false;
    for line in config.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let name = section.trim().strip_prefix("profile ").unwrap_or(section).trim();
            inside = name == profile;
        } else if let Some((key, value)) = line.split_once('=')
            && inside
            && key.trim() == "region"
        {
            return Some(value.trim().to_owned()).filter(|region| !region.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_its_region() {
        let config = "[default]\nregion=eu-west-1\n; c\n[profile shop] # c\noutput = json\n region = eu-central-1\n[profile bare]\n";
        assert_eq!(region_in(config, "default").as_deref(), Some("eu-west-1"));
        assert_eq!(region_in(config, "shop").as_deref(), Some("eu-central-1"));
        assert_eq!(region_in(config, "bare"), None);
        assert_eq!(region_in(config, "missing"), None);
    }
}
