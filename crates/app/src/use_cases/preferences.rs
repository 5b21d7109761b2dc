//! Settings, places on disk, the playground.

use crate::blocking::blocking;
use crate::session::Session;
use crate::wire::{
    Empty, OpenLink, PickPath, PickedPath, PlaygroundView, SaveSettings, Settings, TrustHost,
    WireError, WorkspaceEvent,
};

impl Session {
    pub(crate) async fn save_settings(&self, args: SaveSettings) -> Result<Settings, WireError> {
        let app = self.app.clone();
        blocking(move || {
            let mut settings = args.settings;
            app.keep_proxy_password(&mut settings.sending.proxy)?;
            app.settings.save(settings)
        })
        .await
    }

    pub(crate) async fn trust_host(&self, args: TrustHost) -> Result<Settings, WireError> {
        let mut settings = self.app.settings.get();
        let hosts = &mut settings.sending.insecure_hosts;
        hosts.retain(|host| *host != args.host);
        if args.insecure {
            hosts.push(args.host);
        }
        self.save_settings(SaveSettings { settings }).await
    }

    pub(crate) async fn pick_path(&self, args: PickPath) -> Result<PickedPath, WireError> {
        let picked = self.app.face.pick(args).await;
        Ok(PickedPath { path: picked.map(|path| path.display().to_string()) })
    }

    pub(crate) async fn open_link(&self, args: OpenLink) -> Result<Empty, WireError> {
        blocking(move || {
            crate::login::open_browser(&args.url).map(|()| Empty {}).map_err(|reason| {
                WireError::new("no-browser", format!("The page was not opened: {reason}."))
                    .hint(format!("Open it by hand: {}", args.url))
            })
        })
        .await
    }

    pub(crate) async fn start_playground(&self, _: Empty) -> Result<PlaygroundView, WireError> {
        let (url, _) = self.app.playground.start().await?;
        self.tell(&WorkspaceEvent::Playground { url: url.clone() });
        Ok(PlaygroundView { url })
    }
}
