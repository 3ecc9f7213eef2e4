//! `rapport serve` and `rapport work`: pages and jobs, or jobs only, until told to stop.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::App;
use crate::clockwork;
use crate::config::Settings;
use crate::mail::relay::Relay;
use crate::router;
use crate::shelf::Shelves;
use crate::web::listen;

/// Where and how to serve.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Address to serve on, such as 127.0.0.1:8080; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Leave the jobs to other nodes (`rapport work`).
    #[arg(long)]
    pub no_jobs: bool,
    /// Read the settings, say what is wrong with them, and stop.
    #[arg(long)]
    pub check_config: bool,
}

impl Arguments {
    /// The settings that these flags overrule.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        self.listen.iter().map(|address| ("listen", address.clone())).collect()
    }
}

/// Serves pages, and does the jobs unless told otherwise.
pub async fn serve(mut settings: Settings, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.check_config {
        if let Some(url) = settings.smtp() {
            Relay::parse(url, settings.smtp_ca_file.as_deref())?;
        }
        eprintln!("The settings are sound.");
        return Ok(ExitCode::SUCCESS);
    }
    let listener = TcpListener::bind(&settings.listen)
        .await
        .with_context(|| format!("taking the address {}", settings.listen))?;
    let here = listener.local_addr()?;
    if settings.base_url == Settings::default().base_url && here.ip().is_loopback() {
        settings.base_url = format!("http://{here}");
    }
    let app = App::open(settings).await?;
    let shelves = Shelves::default();
    shelves.current(&app).await?;
    let jobs = if arguments.no_jobs { None } else { Some(clockwork::start(&app, &shelves).await?) };
    eprintln!("Rapport is open at {}", app.settings.base_url);
    listen::serve(listener, router::house(&app, &shelves), told_to_stop()?).await;
    if let Some(jobs) = jobs {
        jobs.stop().await;
    }
    eprintln!("Rapport has stopped.");
    Ok(ExitCode::SUCCESS)
}

/// Does the jobs only.
pub async fn work(settings: Settings) -> anyhow::Result<ExitCode> {
    let app = App::open(settings).await?;
    let jobs = clockwork::start(&app, &Shelves::default()).await?;
    eprintln!("Rapport is at work.");
    told_to_stop()?.await;
    jobs.stop().await;
    eprintln!("Rapport has stopped.");
    Ok(ExitCode::SUCCESS)
}

/// Comes when somebody presses Ctrl-C or the system says so.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminated = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("listening for Ctrl-C")?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}
