//! From what all options said to the request.

use errand_model::{Auth, Request};

use super::apply::Draft;
use super::{body, url};
use crate::{Error, Receipt};

impl Draft {
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
            self.request.auth = Auth::Bearer { token };
            return;
        }
        let Some(user) = self.user.take() else { return };
        if let Some(scheme) = self.scheme {
            self.receipt.not_carried(
                format!("--{scheme}"),
                "this way of signing in cannot be applied yet; user and password are left out",
            );
            self.request.auth = Auth::Other { scheme: scheme.into() };
            return;
        }
        let (username, password) = user.split_once(':').unwrap_or((&user, ""));
        self.request.auth = Auth::Basic { username: username.into(), password: password.into() };
    }
}
