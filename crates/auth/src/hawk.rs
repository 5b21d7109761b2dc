//! Hawk (github.com/mozilla/hawk, API.md): a MAC over the request's head and, if wanted, its body.

use errand_model::{Hawk as Fields, HawkAlgorithm};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::apply::{DOTS, no_controls};
use crate::challenge::{Challenge, challenges};
use crate::parts::{as_asked, base64, hmac, quoted, read, target};
use crate::{
    Addition, Again, Answer, Error, Place, Secret, Signed, Signer, Surroundings, Unsigned,
};

const SCHEME: &str = "Hawk";

/// Signs with the server's time, once the server has proven it.
pub(crate) struct Hawk {
    fields: Fields,
    key: Zeroizing<String>,
    sources: Surroundings,
    /// Seconds that the server's clock is ahead of ours; none while that is not known.
    ahead: Option<i64>,
}

/// What is signed beside the request itself.
struct Moment {
    timestamp: String,
    nonce: String,
    hash: Option<String>,
}

impl Hawk {
    pub fn new(fields: &Fields, sources: &Surroundings) -> Result<Self, Error> {
        for (field, text) in [("Hawk id", &fields.id), ("Hawk key", &fields.key)] {
            if text.is_empty() {
                return Err(Error::Empty { field });
            }
        }
        let shown = [
            ("Hawk id", &fields.id),
            ("Hawk ext", &fields.ext),
            ("Hawk app", &fields.app),
            ("Hawk dlg", &fields.dlg),
        ];
        for (field, text) in shown {
            no_controls(field, text)?;
        }
        if fields.app.is_empty() && !fields.dlg.is_empty() {
            return Err(Error::Empty { field: "Hawk app, which dlg belongs to," });
        }
        let key = Zeroizing::new(fields.key.clone());
        // The key is kept once, where it is wiped.
        let fields = Fields {
            id: fields.id.clone(),
            key: String::new(),
            algorithm: fields.algorithm,
            ext: fields.ext.clone(),
            app: fields.app.clone(),
            dlg: fields.dlg.clone(),
            include_payload_hash: fields.include_payload_hash,
        };
        Ok(Self { fields, key, sources: sources.clone(), ahead: None })
    }

    fn moment(&self, request: &Unsigned<'_>) -> Result<Moment, Error> {
        let now = self.sources.now()?.as_second().saturating_add(self.ahead.unwrap_or(0));
        let hash =
            self.fields.include_payload_hash.then(|| self.payload_hash(request)).transpose()?;
        Ok(Moment { timestamp: now.to_string(), nonce: self.sources.random.nonce()?, hash })
    }

    /// The normalised request (API.md, "Response/Request MAC").
    fn normalized(&self, request: &Unsigned<'_>, moment: &Moment) -> String {
        let url = as_asked(request);
        let fields = &self.fields;
        let mut text = format!(
            "hawk.1.header\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            moment.timestamp,
            moment.nonce,
            request.method.to_ascii_uppercase(),
            target(&url),
            url.host_str().unwrap_or_default().to_ascii_lowercase(),
            url.port_or_known_default().unwrap_or(80),
            moment.hash.as_deref().unwrap_or_default(),
            fields.ext.replace('\\', "\\\\").replace('\n', "\\n"),
        );
        if !fields.app.is_empty() {
            text.extend([fields.app.as_str(), "\n", fields.dlg.as_str(), "\n"]);
        }
        text
    }

    fn payload_hash(&self, request: &Unsigned<'_>) -> Result<String, Error> {
        match self.fields.algorithm {
            HawkAlgorithm::Sha256 => payload_hash::<Sha256>(request),
            HawkAlgorithm::Sha1 => payload_hash::<Sha1>(request),
        }
    }

    fn mac(&self, text: &str) -> String {
        base64(match self.fields.algorithm {
            HawkAlgorithm::Sha256 => hmac::<Sha256>(self.key.as_bytes(), text.as_bytes()),
            HawkAlgorithm::Sha1 => hmac::<Sha1>(self.key.as_bytes(), text.as_bytes()),
        })
    }

    fn header(&self, moment: &Moment, mac: &str) -> String {
        let mut text = format!(
            "Hawk id={}, ts=\"{}\", nonce=\"{}\"",
            quoted(&self.fields.id),
            moment.timestamp,
            moment.nonce
        );
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                text.extend([", ", name, "=", quoted(value).as_str()]);
            }
        };
        add("hash", moment.hash.as_deref().unwrap_or_default());
        add("ext", &self.fields.ext);
        add("mac", mac);
        add("app", &self.fields.app);
        add("dlg", &self.fields.dlg);
        text
    }

    /// Takes over the server's time, if the server proves that it knows the key.
    fn take_time(&mut self, challenge: &Challenge, time: &str) -> Result<(), Error> {
        let error = |reason: &str| Error::Challenge { scheme: SCHEME, reason: reason.to_owned() };
        let proof = challenge.get("tsm").unwrap_or_default();
        let expected = self.mac(&format!("hawk.1.ts\n{time}\n"));
        if !bool::from(proof.as_bytes().ct_eq(expected.as_bytes())) {
            return Err(error(
                "it tells its time, but does not prove that it knows the key. Check the key",
            ));
        }
        let server: i64 = time.parse().map_err(|_| error("its time is no number"))?;
        self.ahead = Some(server.saturating_sub(self.sources.now()?.as_second()));
        Ok(())
    }
}

impl Signer for Hawk {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let moment = self.moment(request)?;
        let mac = self.mac(&self.normalized(request, &moment));
        Ok(Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: Secret::new(self.header(&moment, &mac)),
            shown: self.header(&moment, DOTS),
        }
        .into())
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        if answer.status != 401 || self.ahead.is_some() {
            return Ok(Again::No);
        }
        let found = challenges(answer.all("WWW-Authenticate"));
        for challenge in found.iter().filter(|challenge| challenge.is(SCHEME)) {
            if let Some(time) = challenge.get("ts") {
                self.take_time(challenge, time)?;
                return Ok(Again::Yes);
            }
        }
        Ok(Again::No)
    }
}

/// API.md, "Payload Validation".
fn payload_hash<D: Digest>(request: &Unsigned<'_>) -> Result<String, Error> {
    let kind = request.header("Content-Type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut hash = D::new();
    hash.update(format!("hawk.1.payload\n{kind}\n"));
    read(request.payload, &mut |piece| hash.update(piece))?;
    hash.update("\n");
    Ok(base64(hash.finalize()))
}
