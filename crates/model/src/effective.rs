//! What counts for a request: its own, and what it takes from the collection and folders it is in.
//!
//! `levels` are those above a request, the collection first. What is nearer counts: an enabled header
//! or variable takes the place of outer ones of its name (headers whatever their case), the nearest
//! auth that is not "inherit" is used, and each setting comes from the nearest level that says it.
//! Disabled rows take the place of nothing and are handed down to nobody. Scripts and checks stay
//! where they are written.

use std::collections::HashSet;
use std::hash::Hash;

use crate::{Auth, Defaults, Header, Request, RequestSettings, Variable};

impl Request {
    /// The request as it is sent: with the headers, auth, variables and settings of `levels` where
    /// nothing nearer takes their place. Its own disabled rows stay.
    #[must_use]
    pub fn effective(&self, levels: &[&Defaults]) -> Self {
        let headers = self.inherited_headers(levels);
        let variables = inherited(levels, |level| &level.variables, variable, &self.variables);
        Self {
            headers: with(&headers, &self.headers),
            variables: with(&variables, &self.variables),
            auth: self.effective_auth(levels).0.clone(),
            settings: self.effective_settings(levels),
            ..self.clone()
        }
    }

    /// The headers that are sent, those of outer levels first: enabled and with a name.
    pub fn effective_headers<'a>(&'a self, levels: &[&'a Defaults]) -> Vec<&'a Header> {
        let outer = self.inherited_headers(levels);
        let own = self.headers.iter().filter(|row| header(row).is_some());
        outer.into_iter().map(|(_, row)| row).chain(own).collect()
    }

    /// The headers it takes from `levels`, each with the index of its level.
    pub fn inherited_headers<'a>(&'a self, levels: &[&'a Defaults]) -> Vec<(usize, &'a Header)> {
        inherited(levels, |level| &level.headers, header, &self.headers)
    }

    /// The auth in force and the index of the level it comes from; no index where it is the request's
    /// own, or nobody says one.
    pub fn effective_auth<'a>(&'a self, levels: &[&'a Defaults]) -> (&'a Auth, Option<usize>) {
        if self.auth != Auth::Inherit {
            return (&self.auth, None);
        }
        let above = levels.iter().enumerate().rev();
        let mut above = above.filter(|(_, level)| level.auth != Auth::Inherit);
        above.next().map_or((&Auth::None, None), |(at, level)| (&level.auth, Some(at)))
    }

    /// Its settings, and those of `levels` where it leaves them open.
    #[must_use]
    pub fn effective_settings(&self, levels: &[&Defaults]) -> RequestSettings {
        let above = levels.iter().rev();
        above.fold(self.settings.clone(), |inner, level| inner.or(&level.settings))
    }
}

impl Defaults {
    /// What a folder hands down when `above` is handed to it. Nothing is left out: scripts come after
    /// those above, and disabled rows stay.
    #[must_use]
    pub fn within(&self, above: &Self) -> Self {
        Self {
            headers: below(&above.headers, header, &self.headers),
            auth: if self.auth == Auth::Inherit { above.auth.clone() } else { self.auth.clone() },
            variables: below(&above.variables, variable, &self.variables),
            scripts: above.scripts.iter().chain(&self.scripts).cloned().collect(),
            settings: self.settings.clone().or(&above.settings),
        }
    }
}

impl RequestSettings {
    /// These, and those of `outer` where these leave them open.
    #[must_use]
    pub fn or(self, outer: &Self) -> Self {
        Self {
            encode_url: self.encode_url.or(outer.encode_url),
            timeout_ms: self.timeout_ms.or(outer.timeout_ms),
            follow_redirects: self.follow_redirects.or(outer.follow_redirects),
            max_redirects: self.max_redirects.or(outer.max_redirects),
            forward_authorization: self.forward_authorization.or(outer.forward_authorization),
            verify_tls: self.verify_tls.or(outer.verify_tls),
            use_cookies: self.use_cookies.or(outer.use_cookies),
            http_version: self.http_version.or_else(|| outer.http_version.clone()),
        }
    }
}

/// What a header that counts is known by.
fn header(row: &Header) -> Option<String> {
    let name = row.name.trim();
    (row.enabled && !name.is_empty()).then(|| name.to_ascii_lowercase())
}

/// What a variable that counts is known by.
fn variable(row: &Variable) -> Option<&str> {
    row.enabled.then_some(&row.name)
}

/// The rows of levels whose place no nearer one takes, in order, each with the index of its level.
/// A level may have several of one name.
fn inherited<'a, T, K: Eq + Hash>(
    levels: &[&'a Defaults],
    rows: impl Fn(&'a Defaults) -> &'a [T],
    known: impl Fn(&'a T) -> Option<K>,
    own: &'a [T],
) -> Vec<(usize, &'a T)> {
    let mut nearer: HashSet<K> = own.iter().filter_map(&known).collect();
    let mut found = Vec::new();
    for (at, level) in levels.iter().enumerate().rev() {
        let mut here = HashSet::new();
        for row in rows(level).iter().rev() {
            let Some(name) = known(row) else { continue };
            if !nearer.contains(&name) {
                found.push((at, row));
                here.insert(name);
            }
        }
        nearer.extend(here);
    }
    found.reverse();
    found
}

fn with<T: Clone>(inherited: &[(usize, &T)], own: &[T]) -> Vec<T> {
    inherited.iter().map(|(_, row)| *row).chain(own).cloned().collect()
}

/// Rows of a level under all those above whose place none of them takes.
fn below<'a, T: Clone, K: Eq + Hash>(
    above: &'a [T],
    known: impl Fn(&'a T) -> Option<K>,
    own: &'a [T],
) -> Vec<T> {
    let nearer: HashSet<K> = own.iter().filter_map(&known).collect();
    let stays = |row: &&'a T| known(row).is_none_or(|name| !nearer.contains(&name));
    above.iter().filter(stays).chain(own).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Script, ScriptPhase};

    fn level(headers: &[(&str, &str)], variables: &[(&str, &str)], auth: Auth) -> Defaults {
        Defaults {
            headers: headers.iter().map(|(name, value)| Header::new(*name, *value)).collect(),
            variables: variables.iter().map(|(name, value)| Variable::new(*name, *value)).collect(),
            auth,
            ..Defaults::default()
        }
    }

    fn request(headers: &[(&str, &str)], variables: &[(&str, &str)]) -> Request {
        let Defaults { headers, variables, .. } = level(headers, variables, Auth::Inherit);
        Request { headers, variables, ..Request::default() }
    }

    fn told(headers: &[Header]) -> Vec<String> {
        headers.iter().map(|row| format!("{}={}", row.name, row.value)).collect()
    }

    fn bearer(token: &str) -> Auth {
        Auth::Bearer { token: token.to_owned() }
    }

    #[test]
    fn the_nearest_takes_the_place_of_those_above() {
        let outer = level(&[("X-A", "1"), ("X-Outer", "1")], &[("who", "outer")], bearer("outer"));
        let inner = level(&[("x-a", "2"), ("X-B", "2")], &[("who", "inner")], bearer("inner"));
        let request = request(&[("x-b", "3")], &[("own", "3")]);
        let whole = request.effective(&[&outer, &inner]);
        assert_eq!(told(&whole.headers), ["X-Outer=1", "x-a=2", "x-b=3"]);
        assert_eq!(whole.variables, [Variable::new("who", "inner"), Variable::new("own", "3")]);
        assert_eq!(whole.auth, bearer("inner"));
        let sent = request.effective_headers(&[&outer, &inner]);
        assert_eq!(sent, whole.headers.iter().collect::<Vec<_>>());
        let levels: Vec<_> =
            request.inherited_headers(&[&outer, &inner]).iter().map(|(at, _)| *at).collect();
        assert_eq!(levels, [0, 1]);
    }

    #[test]
    fn names_of_variables_have_a_case() {
        let above = level(&[], &[("who", "1")], Auth::Inherit);
        let whole = request(&[], &[("Who", "2")]).effective(&[&above]);
        assert_eq!(whole.variables.len(), 2);
    }

    #[test]
    fn a_level_may_say_a_name_twice() {
        let outer = level(&[("Accept", "a"), ("Accept", "b")], &[], Auth::Inherit);
        let whole = request(&[("X", "1")], &[]).effective(&[&outer]);
        assert_eq!(told(&whole.headers), ["Accept=a", "Accept=b", "X=1"]);
        let whole = request(&[("accept", "c"), ("ACCEPT", "d")], &[]).effective(&[&outer]);
        assert_eq!(told(&whole.headers), ["accept=c", "ACCEPT=d"]);
    }

    #[test]
    fn disabled_rows_hide_nothing_and_are_not_handed_down() {
        let off = |mut level: Defaults| {
            level.headers.iter_mut().for_each(|row| row.enabled = false);
            level.variables.iter_mut().for_each(|row| row.enabled = false);
            level
        };
        let outer = level(&[("X-A", "1")], &[("v", "1")], Auth::Inherit);
        let inner = off(level(&[("X-A", "2")], &[("v", "2")], Auth::Inherit));
        let mut own = request(&[("X-A", "3"), (" ", "4")], &[("v", "3")]);
        own.headers[0].enabled = false;
        own.variables[0].enabled = false;
        let whole = own.effective(&[&outer, &inner]);
        assert_eq!(told(&whole.headers), ["X-A=1", "X-A=3", " =4"]);
        assert_eq!(whole.variables[0], Variable::new("v", "1"));
        assert_eq!(whole.variables[1], own.variables[0]);
        let sent = own.effective_headers(&[&outer, &inner]);
        assert_eq!(sent, [&Header::new("X-A", "1")]);
        let handed = inner.within(&outer);
        assert_eq!(told(&handed.headers), ["X-A=1", "X-A=2"]);
        assert_eq!(handed.variables.len(), 2);
    }

    #[test]
    fn none_is_said_and_inherit_is_not() {
        let says = |auth: Auth| level(&[], &[], auth);
        let (outer, none, silent) = (says(bearer("t")), says(Auth::None), says(Auth::Inherit));
        let mut own = Request::default();
        assert_eq!(own.effective_auth(&[]), (&Auth::None, None));
        assert_eq!(own.effective_auth(&[&silent]), (&Auth::None, None));
        assert_eq!(own.effective_auth(&[&outer, &silent]), (&bearer("t"), Some(0)));
        assert_eq!(own.effective_auth(&[&outer, &none, &silent]), (&Auth::None, Some(1)));
        assert_eq!(silent.within(&outer).auth, bearer("t"));
        assert_eq!(none.within(&outer).auth, Auth::None);
        assert_eq!(silent.within(&silent).auth, Auth::Inherit);
        own.auth = Auth::None;
        assert_eq!(own.effective_auth(&[&outer]), (&Auth::None, None));
    }

    #[test]
    fn each_setting_comes_from_the_nearest_that_says_it() {
        let says = |settings: RequestSettings| Defaults { settings, ..Defaults::default() };
        let outer = RequestSettings {
            encode_url: Some(false),
            timeout_ms: Some(1),
            follow_redirects: Some(false),
            max_redirects: Some(1),
            forward_authorization: Some(true),
            verify_tls: Some(false),
            use_cookies: Some(false),
            http_version: Some("2".to_owned()),
        };
        let inner = RequestSettings { timeout_ms: Some(2), ..RequestSettings::default() };
        let own = RequestSettings { verify_tls: Some(true), ..RequestSettings::default() };
        let request = Request { settings: own, ..Request::default() };
        let wanted =
            RequestSettings { timeout_ms: Some(2), verify_tls: Some(true), ..outer.clone() };
        assert_eq!(request.effective_settings(&[&says(outer), &says(inner)]), wanted);
    }

    #[test]
    fn levels_may_be_joined_before_they_are_handed_down() {
        let outer = level(&[("A", "1"), ("B", "1")], &[("a", "1")], bearer("t"));
        let inner = level(&[("a", "2"), ("C", "2")], &[("a", "2")], Auth::Inherit);
        let request = request(&[("c", "3")], &[("b", "3")]);
        let joined = inner.within(&outer);
        assert_eq!(request.effective(&[&joined]), request.effective(&[&outer, &inner]));
    }

    #[test]
    fn scripts_are_handed_down_in_order_and_stay_out_of_requests() {
        let says = |code: &str| Defaults {
            scripts: vec![Script { phase: ScriptPhase::BeforeRequest, code: code.to_owned() }],
            ..Defaults::default()
        };
        let joined = says("inner").within(&says("outer"));
        let codes: Vec<_> = joined.scripts.iter().map(|script| script.code.as_str()).collect();
        assert_eq!(codes, ["outer", "inner"]);
        assert!(Request::default().effective(&[&joined]).scripts.is_empty());
    }
}
