//! The line between a browser and the house, which can be cut.

use anyhow::{Context, Result};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// Hands on whatever a browser says, until it is cut.
pub struct Line {
    /// Where a browser takes it up.
    pub url: String,
    open: JoinHandle<()>,
}

impl Line {
    /// A line to the house that listens at this address.
    pub async fn to(house: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let house = house.strip_prefix("http://").context("houses of tests speak in the clear")?.to_owned();
        let open = tokio::spawn(async move {
            let mut calls = JoinSet::new();
            while let Ok((mut browser, _)) = listener.accept().await {
                let house = house.clone();
                calls.spawn(async move {
                    let mut there = TcpStream::connect(house).await?;
                    copy_bidirectional(&mut browser, &mut there).await
                });
            }
        });
        Ok(Self { url, open })
    }

    /// Cuts it: every call that is under way ends, and nobody gets through any more.
    pub async fn cut(self) {
        self.open.abort();
        self.open.await.ok();
    }
}
