//! From what all options said to the request.

use errand_model::{Auth, AwsV4, Request};

use super::Error;
use super::apply::Draft;
use super::{body, jar, url};
use crate::Receipt;

impl Draft<'_> {
    /// Puts together what the options said.
    pub(super) fn finish(mut self, at: usize) -> Result<(Request, Receipt), Error> {
        if self.urls.is_empty() {
            return Err(Error::NoUrl { at });
        }
        if self.urls.len() > 1 {
            self.receipt
                .not_carried(format!("{} further URLs", self.urls.len() - 1), "a request has one");
        }
        let url = self.urls.swap_remove(0);
        for jar in std::mem::take(&mut self.jars) {
            let full = url::full_url(&url, &mut Receipt::default());
            if let Some(value) = jar::cookies(&jar, &full) {
                self.set_header("Cookie", value);
            }
        }
        self.own_headers();
        self.auth();
        let has_body = !self.parts.is_empty() || !self.data.is_empty() && !self.get;
        let method = match (self.method.take(), self.head, self.upload.is_some()) {
            (Some(method), ..) => method,
            (None, true, _) => "HEAD".into(),
            (None, _, true) => "PUT".into(),
            (None, ..) => if has_body { "POST" } else { "GET" }.into(),
        };
        self.request.method = method;
        self.request.url = url::full_url(&url, &mut self.receipt);
        if self.get {
            url::data_to_query(&mut self);
        }
        body::set_body(&mut self, at)?;
        self.request.params = url::params(&self.request.url);
        self.request.name = url::name(&self.request.url);
        Ok((self.request, self.receipt))
    }

    /// Headers of options stand only where no `-H` has their name.
    fn own_headers(&mut self) {
        let typed: Vec<String> = self
            .request
            .headers
            .iter()
            .filter(|header| header.description.is_empty())
            .map(|header| header.name.to_ascii_lowercase())
            .collect();
        let headers = &mut self.request.headers;
        headers.retain(|header| {
            header.description.is_empty() || !typed.contains(&header.name.to_ascii_lowercase())
        });
        for header in headers {
            header.description.clear();
        }
    }

    fn auth(&mut self) {
        if let Some(token) = self.bearer.take() {
            // Of several ways curl takes the one that the server asks for, so it sends no token unasked.
            let asked = matches!(self.scheme, Some("digest" | "ntlm" | "negotiate"));
            if !asked || self.user.is_none() {
                self.request.auth = Auth::Bearer { token };
                return;
            }
            self.receipt.not_carried("--oauth2-bearer", "a request has one way of signing in");
        }
        if self.scheme == Some("netrc") {
            self.request.auth = Auth::Netrc { file: self.netrc.take().unwrap_or_default() };
            return;
        }
        let Some(user) = self.user.take() else { return };
        let (username, password) = user.split_once(':').unwrap_or((&user, ""));
        let (username, password) = (username.to_owned(), password.to_owned());
        self.request.auth = match self.scheme {
            Some("digest") => Auth::Digest { username, password },
            Some("ntlm") => {
                let (domain, name) = username.split_once(['\\', '/']).unwrap_or(("", &username));
                Auth::Ntlm { username: name.to_owned(), password, domain: domain.to_owned() }
            }
            Some("negotiate") => Auth::Negotiate { service: String::new(), delegate: false },
            Some("awsv4") => self.aws(username, password),
            Some(scheme) => {
                self.receipt.converted(
                    format!("--{scheme}"),
                    "a request has one way of signing in; basic auth was taken",
                );
                Auth::Basic { username, password }
            }
            None => Auth::Basic { username, password },
        };
    }

    /// `--aws-sigv4 provider1[:provider2[:region[:service]]]` with the keys of `--user`.
    fn aws(&mut self, access_key_id: String, secret_access_key: String) -> Auth {
        let scope = self.aws_scope.take().unwrap_or_default();
        let mut words = scope.split(':').skip(2).map(str::to_owned);
        let token = self
            .request
            .headers
            .iter()
            .position(|header| header.name.eq_ignore_ascii_case("x-amz-security-token"))
            .map(|at| self.request.headers.remove(at).value);
        Auth::AwsV4(AwsV4 {
            access_key_id,
            secret_access_key,
            session_token: token.unwrap_or_default(),
            region: words.next().unwrap_or_default(),
            service: words.next().unwrap_or_default(),
            ..AwsV4::default()
        })
    }
}
