//! Names that make a new value each time: `{{$guid}}`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Scribe;

/// Tells which of them Errand does not know.
pub(super) fn tell(value: &Value, scribe: &mut Scribe<'_>) {
    let mut unknown = BTreeSet::new();
    find(value, &mut unknown);
    for name in unknown {
        scribe.not_carried(format!("{{{{${name}}}}}"), "there is no such dynamic variable");
    }
}

fn find<'a>(value: &'a Value, unknown: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => {
            for rest in text.split("{{$").skip(1) {
                let name = rest.split_once("}}").map_or("", |(name, _)| name);
                if !name.is_empty() && !name.contains(char::is_whitespace) && !NAMES.contains(&name)
                {
                    unknown.insert(name);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| find(value, unknown)),
        Value::Object(object) => object.values().for_each(|value| find(value, unknown)),
        _ => {}
    }
}

/// As Postman documents them.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "guid", "timestamp", "isoTimestamp", "randomInt", "randomUUID", "randomAlphaNumeric",
    "randomBoolean", "randomPhoneNumber", "randomPhoneNumberExt", "randomLocale", "randomWord",
    "randomWords", "randomFilePath", "randomDirectoryPath", "randomFileName",
    "randomCommonFileName", "randomMimeType", "randomCommonFileType", "randomCommonFileExt",
    "randomFileType", "randomFileExt", "randomSemver", "randomCity", "randomStreetName",
    "randomStreetAddress", "randomCountry", "randomCountryCode", "randomLatitude",
    "randomLongitude", "randomColor", "randomHexColor", "randomDepartment", "randomProductName",
    "randomProductAdjective", "randomProductMaterial", "randomProduct", "randomCompanyName",
    "randomCompanySuffix", "randomCatchPhrase", "randomCatchPhraseAdjective",
    "randomCatchPhraseDescriptor", "randomCatchPhraseNoun", "randomBs", "randomBsAdjective",
    "randomBsBuzz", "randomBsNoun", "randomDatabaseColumn", "randomDatabaseType",
    "randomDatabaseCollation", "randomDatabaseEngine", "randomDatePast", "randomDateFuture",
    "randomDateRecent", "randomMonth", "randomWeekday", "randomBankAccount",
    "randomBankAccountName", "randomBankAccountIban", "randomBankAccountBic",
    "randomCreditCardMask", "randomPrice", "randomTransactionType", "randomCurrencyCode",
    "randomCurrencyName", "randomCurrencySymbol", "randomBitcoin", "randomAbbreviation",
    "randomAdjective", "randomNoun", "randomVerb", "randomIngverb", "randomPhrase",
    "randomAvatarImage", "randomImageUrl", "randomAbstractImage", "randomAnimalsImage",
    "randomBusinessImage", "randomCatsImage", "randomCityImage", "randomFoodImage",
    "randomNightlifeImage", "randomFashionImage", "randomPeopleImage", "randomNatureImage",
    "randomSportsImage", "randomTransportImage", "randomImageDataUri", "randomEmail",
    "randomExampleEmail", "randomUserName", "randomProtocol", "randomUrl", "randomDomainName",
    "randomDomainSuffix", "randomDomainWord", "randomIP", "randomIPV6", "randomUserAgent",
    "randomMACAddress", "randomPassword", "randomLoremWord", "randomLoremWords", "randomLoremSlug",
    "randomLoremSentence", "randomLoremSentences", "randomLoremParagraph", "randomLoremParagraphs",
    "randomLoremText", "randomLoremLines", "randomFirstName", "randomLastName", "randomFullName",
    "randomJobTitle", "randomNamePrefix", "randomNameSuffix", "randomJobDescriptor",
    "randomJobArea", "randomJobType",
];
