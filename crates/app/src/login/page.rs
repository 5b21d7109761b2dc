//! What the browser shows at the end of its leg.

/// All is well.
pub(super) const DONE: &str = concat!(
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Errand</title>",
    "<style>body{font:16px system-ui;margin:18vh auto;max-width:34em;padding:0 1em;color:#222}",
    "@media(prefers-color-scheme:dark){body{background:#1b1d21;color:#ddd}}</style>",
    "<h1>You can close this page</h1><p>Errand has what it needs and goes on by itself.</p>"
);

/// The answer is in the fragment (RFC 6749 §4.2.2), which a browser does not send: the page sends it.
pub(super) const FRAGMENT: &str = concat!(
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Errand</title>",
    "<style>body{font:16px system-ui;margin:18vh auto;max-width:34em;padding:0 1em;color:#222}",
    "@media(prefers-color-scheme:dark){body{background:#1b1d21;color:#ddd}}</style>",
    "<h1 id=\"h\">One moment</h1><script>",
    "const hash=location.hash;history.replaceState(null,'',location.pathname);",
    "fetch(location.pathname,{method:'POST',headers:{'Content-Type':'text/plain'},body:hash})",
    ".then(()=>{h.textContent='You can close this page'},",
    "()=>{h.textContent='Errand no longer waits for this login'})</script>"
);
