//! Every auth scheme, client certificate and secret source in files: written, read back, valid for
//! other tools, and small when edited.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Place, against_schema};
use errand_model::{
    AdditionalParameter, ApiKeyPlace, Auth, AwsPayload, CertificateFiles, ClientAuthentication,
    ClientCertificate, Environment, Flow, KeyText, OAuth2, ParameterPlace, Request, SecretSource,
    TokenPlacement, Variable,
};

/// Schemes of every form: blank, and with what the specification has and lacks.
fn forms() -> Vec<Auth> {
    let mut forms = Auth::blanks();
    forms.push(Auth::ApiKey {
        key: "session".into(),
        value: "{{key}}".into(),
        placement: ApiKeyPlace::Cookie,
    });
    for auth in Auth::blanks() {
        if let Auth::AwsV4(mut aws) = auth {
            aws.access_key_id = "{{id}}".into();
            aws.payload = AwsPayload::Streamed;
            forms.push(Auth::AwsV4(aws));
        } else if let Auth::OAuth1(mut oauth1) = auth {
            oauth1.private_key = KeyText::File("keys/private.pem".into());
            oauth1.request_token_url = "https://example.com/request".into();
            forms.push(Auth::OAuth1(oauth1));
        }
    }
    for flow in [
        Flow::AuthorizationCode,
        Flow::ClientCredentials,
        Flow::ResourceOwnerPasswordCredentials,
        Flow::Implicit,
        Flow::DeviceCode,
        Flow::JwtBearer,
        Flow::TokenExchange,
    ] {
        for authentication in [
            ClientAuthentication::Basic,
            ClientAuthentication::Post,
            ClientAuthentication::PrivateKeyJwt,
        ] {
            let mut oauth2 = OAuth2 { flow, client_authentication: authentication, ..full() };
            // What a flow does not have in the specification is not written by people either.
            if flow != Flow::AuthorizationCode {
                oauth2.pkce = errand_model::Pkce::default();
                oauth2.authorization_url.clear();
                oauth2.callback_url.clear();
            }
            if flow == Flow::Implicit {
                oauth2.authorization_url = "{{server}}/authorize".into();
                oauth2.access_token_url.clear();
                oauth2.credentials.client_secret.clear();
                oauth2.client_authentication = ClientAuthentication::Basic;
                oauth2.additional_parameters = errand_model::AdditionalParameters::default();
                oauth2.settings = errand_model::TokenSettings::default();
            }
            forms.push(Auth::OAuth2(Box::new(oauth2)));
        }
    }
    forms
}

fn full() -> OAuth2 {
    let mut auth = OAuth2 {
        issuer: "https://issuer.example".into(),
        authorization_url: "{{server}}/authorize".into(),
        access_token_url: "{{server}}/token".into(),
        callback_url: "http://127.0.0.1:8765/cb".into(),
        scope: "a b".into(),
        audience: "api".into(),
        dpop: true,
        ..OAuth2::default()
    };
    auth.credentials.client_id = "{{client_id}}".into();
    auth.credentials.client_secret = "{{client_secret}}".into();
    auth.pkce.method = "plain".into();
    auth.client_key = KeyText::Text("{{key}}".into());
    auth.assertion.subject = "someone".into();
    auth.additional_parameters.access_token_request = vec![AdditionalParameter {
        name: "tenant".into(),
        value: "{{tenant}}".into(),
        placement: ParameterPlace::Header,
    }];
    auth.token_config.placement = TokenPlacement::Query("token".into());
    auth.settings.auto_refresh_token = false;
    auth
}

#[test]
fn every_scheme_comes_back_and_what_other_tools_read_is_valid() {
    let place = Place::new(&[]);
    let request = |auth| Request {
        name: "R".into(),
        method: "GET".into(),
        url: "https://example.com".into(),
        auth,
        ..Request::default()
    };
    let (path, _) = place.workspace.create_request("", &request(Auth::Inherit)).unwrap();
    let mut revision = place.workspace.read_request(&path).unwrap().1;
    let forms = forms();
    // Each after each: what one leaves behind must not colour the next.
    for at in 0..forms.len() * 2 {
        let auth = forms[at * 7 % forms.len()].clone();
        let saved = place.workspace.save_request(&path, &request(auth.clone()), &revision, false);
        revision = saved.unwrap();
        let text = place.text(&path);
        assert_eq!(place.workspace.read_request(&path).unwrap().0.auth, auth, "{text}");
        assert_eq!(against_schema(&text, "HttpRequest"), Vec::<String>::new(), "{text}");
    }
    revision = place.workspace.save_request(&path, &request(Auth::None), &revision, false).unwrap();
    place.workspace.save_request(&path, &request(Auth::Inherit), &revision, false).unwrap();
    assert!(!place.text(&path).contains("extensions"), "{}", place.text(&path));
}

/// What OpenCollection tools write: Bruno's `credentials.placement`, comments, keys of their own.
const FOREIGN: &str = "info:
  name: R
  type: http
http:
  method: GET
  url: https://example.com
  auth:
    type: oauth2 # by the identity team
    flow: client_credentials
    accessTokenUrl: 'https://example.com/token'
    credentials:
      clientId: shop
      clientSecret: '{{client_secret}}'
      placement: body
    scope: read
    tokenConfig:
      id: shop
      placement:
        header: Authorization
    laterKey: stays
";

#[test]
fn an_edit_touches_its_own_line() {
    let place = Place::new(&[("r.yml", FOREIGN)]);
    let (mut request, revision) = place.workspace.read_request("r.yml").unwrap();
    let Auth::OAuth2(auth) = &mut request.auth else { panic!("{:?}", request.auth) };
    assert_eq!(auth.client_authentication, ClientAuthentication::Post);
    assert_eq!(auth.token_config.id, "shop");
    auth.scope = "read write".into();
    let revision = place.workspace.save_request("r.yml", &request, &revision, false).unwrap();
    assert_eq!(place.text("r.yml"), FOREIGN.replace("scope: read", "scope: read write"));
    let Auth::OAuth2(auth) = &mut request.auth else { unreachable!() };
    auth.scope = "read".into();
    auth.dpop = true;
    place.workspace.save_request("r.yml", &request, &revision, false).unwrap();
    let own = "extensions:\n  errand:\n    auth:\n      dpop: true\n";
    let text = place.text("r.yml");
    assert!(text.starts_with(FOREIGN.trim_end()) && text.ends_with(own), "{text}");
}

#[test]
fn a_wrong_word_is_named_with_its_place() {
    let text = FOREIGN.replace("client_credentials", "clientcredentials");
    let place = Place::new(&[("r.yml", &text)]);
    let error = place.workspace.read_request("r.yml").unwrap_err().to_string();
    assert!(error.contains("clientcredentials") && error.contains("device_code"), "{error}");
    assert!(error.contains("r.yml"), "{error}");
}

#[test]
fn certificates_and_sources_come_back() {
    let place = Place::new(&[]);
    let sources = [
        SecretSource::Environment { variable: "TOKEN".into() },
        SecretSource::Command { command: "security find -w".into() },
        SecretSource::Vault {
            address: String::new(),
            path: "secret/data/shop".into(),
            field: "key".into(),
            namespace: String::new(),
        },
        SecretSource::OnePassword { reference: "op://a/b/c".into(), account: String::new() },
    ];
    let variables = sources.iter().enumerate().map(|(at, source)| Variable {
        secret: true,
        source: Some(source.clone()),
        ..Variable::new(format!("s{at}"), "")
    });
    let environment = Environment {
        name: "Prod".into(),
        variables: variables.collect(),
        client_certificates: vec![
            ClientCertificate {
                domain: "*.example.com".into(),
                files: CertificateFiles::Pem {
                    certificate_file_path: "certs/a.pem".into(),
                    private_key_file_path: "certs/a.key".into(),
                },
                passphrase: "{{pass}}".into(),
                disabled: false,
            },
            ClientCertificate {
                domain: "localhost:8443".into(),
                files: CertificateFiles::Pkcs12 { pkcs12_file_path: "b.p12".into() },
                passphrase: String::new(),
                disabled: true,
            },
        ],
        ..Environment::default()
    };
    place.workspace.create_environment(&environment).unwrap();
    let text = place.text("environments/Prod.yml");
    assert_eq!(place.workspace.read_environment("Prod").unwrap().0, environment, "{text}");
    assert_eq!(against_schema(&text, "Environment"), Vec::<String>::new(), "{text}");

    let (mut root, revision) = place.workspace.read_folder("").unwrap();
    root.client_certificates = environment.client_certificates;
    place.workspace.save_folder("", &root, &revision, false).unwrap();
    let text = place.text("opencollection.yml");
    assert_eq!(place.workspace.read_folder("").unwrap().0, root, "{text}");
    assert_eq!(against_schema(&text, ""), Vec::<String>::new(), "{text}");
}
