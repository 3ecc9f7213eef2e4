//! The way to a mail server: its address, how safe the line to it must be, and coming in.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Starttls;
use lettre::transport::smtp::extension::{ClientId, Extension};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::time::timeout;

use super::courier::{Connection, Patience};
use super::line::Line;
use super::trust;

/// Where mail goes, from an address such as `smtp://user:password@relay.example:587`.
#[derive(Debug, Clone)]
pub struct Relay {
    host: String,
    port: u16,
    credentials: Option<Credentials>,
    tls: Tls,
    trust: Arc<ClientConfig>,
    hello: ClientId,
    patience: Patience,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tls {
    /// From the first byte.
    Wrapped,
    /// By STARTTLS, or not at all.
    Required,
    /// None: only for a server on this machine.
    None,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum NoConnection {
    /// The server was there and wants nothing of us: not our name, or not our sign-in.
    #[error("the mail server does not let us in: {0}")]
    Refused(String),
    /// It could not be reached, or not safely, or it had no time now.
    #[error("{0:#}")]
    Away(anyhow::Error),
}

impl NoConnection {
    fn of(error: anyhow::Error) -> Self {
        match error.downcast_ref::<Error>() {
            Some(said) if said.is_permanent() => Self::Refused(said.to_string()),
            _ => Self::Away(error),
        }
    }
}

impl Relay {
    /// Reads the address of a server. TLS is required unless the server is on this machine. Its certificate may come
    /// from a public authority, or from one in the PEM file that `smtp_ca_file` names.
    pub fn parse(url: &str, ca_file: Option<&Path>) -> anyhow::Result<Self> {
        let (scheme, rest) = url.split_once("://").context("smtp_url should look like smtp://host:port")?;
        let (login, place) =
            rest.rsplit_once('@').map_or((None, rest), |(login, place)| (Some(login), place));
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, Some(port.parse().context("the port in smtp_url should be a number")?))
            }
            _ => (place, None),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            bail!("smtp_url names no host; it should look like smtp://host:port");
        }
        let here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let (tls, usual) = match scheme {
            "smtps" => (Tls::Wrapped, 465),
            "smtp" if here => (Tls::None, 25),
            "smtp" | "smtp+starttls" => (Tls::Required, 587),
            other => bail!(
                "smtp_url starts with {other}://; it should start with smtp://, smtp+starttls:// or smtps://"
            ),
        };
        let credentials = login
            .map(|login| {
                let (user, password) = login.split_once(':').context("smtp_url should hold user:password")?;
                anyhow::Ok(Credentials::new(user.to_owned(), password.to_owned()))
            })
            .transpose()?;
        Ok(Self {
            host,
            port: port.unwrap_or(usual),
            credentials,
            tls,
            trust: trust::beside(ca_file)?,
            hello: ClientId::default(),
            patience: Patience::default(),
        })
    }

    /// The same server, with other patience.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Opens a connection: greeting, TLS, sign-in.
    pub async fn connect(&self) -> Result<Connection, NoConnection> {
        let greeted = timeout(self.patience.greeting, self.greet()).await;
        let (smtp, line) =
            greeted.context("the mail server did not greet in time").flatten().map_err(NoConnection::of)?;
        Ok(Connection::opened(smtp, line, self.patience))
    }

    async fn greet(&self) -> anyhow::Result<(AsyncSmtpConnection, Line)> {
        let here = format!("{}:{}", self.host, self.port);
        let line = Line::open(&self.host, self.port)
            .await
            .with_context(|| format!("connecting to the mail server at {here}"))?;
        if self.tls == Tls::Wrapped {
            self.encrypt(&line).await?;
        }
        let mut smtp = self.introduce(&line).await?;
        if self.tls == Tls::Required {
            if !smtp.server_info().supports_feature(Extension::StartTls) {
                bail!("the mail server at {here} offers no STARTTLS; nothing is sent in the clear");
            }
            let go_on = smtp.command(Starttls).await?;
            self.encrypt(&line).await?;
            // Under TLS all begins anew, except that no greeting comes (RFC 3207, 4.2); lettre reads one all the same.
            line.repeat(&format!("{} \r\n", go_on.code()));
            smtp = self.introduce(&line).await?;
        }
        if let Some(credentials) = &self.credentials {
            smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok((smtp, line))
    }

    async fn introduce(&self, line: &Line) -> Result<AsyncSmtpConnection, Error> {
        AsyncSmtpConnection::connect_with_transport(Box::new(line.clone()), &self.hello).await
    }

    async fn encrypt(&self, line: &Line) -> anyhow::Result<()> {
        let name = ServerName::try_from(self.host.clone())
            .with_context(|| format!("{} is no name that a certificate could hold", self.host))?;
        let encrypted = line.encrypt(Arc::clone(&self.trust), name).await;
        encrypted
            .with_context(|| format!("beginning TLS with the mail server at {}:{}", self.host, self.port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> anyhow::Result<Relay> {
        Relay::parse(url, None)
    }

    #[test]
    fn an_address_of_a_server_is_read_with_its_safety() {
        assert_eq!(read("smtp://127.0.0.1:2525").unwrap().tls, Tls::None);
        assert_eq!(read("smtp://[::1]:2525").unwrap().port, 2525);
        assert_eq!(read("smtp+starttls://127.0.0.1").unwrap().tls, Tls::Required);
        let relay = read("smtp://me:secret@relay.example").unwrap();
        assert_eq!((relay.tls, relay.port), (Tls::Required, 587));
        assert_eq!(read("smtps://relay.example").unwrap().port, 465);
    }

    #[test]
    fn an_address_that_cannot_be_right_is_refused() {
        for wrong in ["relay.example", "http://relay.example", "smtp://:25", "smtp://relay.example:x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
