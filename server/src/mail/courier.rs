//! Hands one letter to an SMTP server, stage by stage, and says exactly how far it came.
//!
//! lettre speaks the protocol; the socket is ours, because the small writes of a conversation need `TCP_NODELAY`, and
//! because it matters at which stage a connection dies: before the fence a letter may be tried again, after it never.

use std::time::Duration;

use anyhow::{Context, bail};
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;
use tokio::time::timeout;

const MINUTE: Duration = Duration::from_mins(1);

/// Where mail goes, from an address such as `smtp://user:password@relay.example:587`.
#[derive(Debug, Clone)]
pub struct Relay {
    host: String,
    port: u16,
    credentials: Option<Credentials>,
    tls: Tls,
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

/// How long each stage may take (RFC 5321, 4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Connecting and greeting.
    pub greeting: Duration,
    /// MAIL and RCPT, each.
    pub envelope: Duration,
    /// DATA.
    pub data: Duration,
    /// The mail and the answer after its final dot.
    pub dot: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { greeting: 5 * MINUTE, envelope: 5 * MINUTE, data: 2 * MINUTE, dot: 10 * MINUTE }
    }
}

/// One letter, ready for the wire.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Sender of the envelope.
    pub from: Address,
    /// Recipient of the envelope.
    pub to: Address,
    /// Headers and body, lines ended by CRLF.
    pub bytes: Vec<u8>,
}

/// How far a letter came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The server took it, and said this.
    Taken(String),
    /// The server said no, for now or for good, before or after the dot.
    Refused {
        /// True for 4xx: it may be tried again.
        for_now: bool,
        /// What it said.
        reply: String,
    },
    /// The fence stayed closed; no byte of the letter was sent.
    Fenced,
    /// The line had been cut since the letter before: nothing of this one was said, and a new line may be tried at once.
    Stale,
    /// The connection died before the final dot: nothing irrevocable was said.
    Died(String),
    /// The fence was open and no answer came.
    Unanswered,
}

impl Relay {
    /// Reads the address of a server. TLS is required unless the server is on this machine.
    pub fn parse(url: &str) -> anyhow::Result<Self> {
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
            "smtp" => (Tls::Required, 587),
            other => bail!("smtp_url starts with {other}://; it should start with smtp:// or smtps://"),
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
    pub async fn connect(&self) -> anyhow::Result<Connection> {
        let opened = timeout(self.patience.greeting, self.greet()).await;
        let smtp = opened.context("the mail server did not greet in time")??;
        Ok(Connection { smtp, patience: self.patience, fresh: true })
    }

    async fn greet(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let here = format!("{}:{}", self.host, self.port);
        let parameters = || TlsParameters::new(self.host.clone()).context("preparing TLS");
        let mut smtp = if self.tls == Tls::Wrapped {
            AsyncSmtpConnection::connect_tokio1(
                (self.host.as_str(), self.port),
                Some(self.patience.greeting),
                &self.hello,
                Some(parameters()?),
                None,
            )
            .await?
        } else {
            let socket = TcpStream::connect((self.host.as_str(), self.port))
                .await
                .with_context(|| format!("connecting to the mail server at {here}"))?;
            socket.set_nodelay(true)?;
            AsyncSmtpConnection::connect_with_transport(Box::new(socket), &self.hello).await?
        };
        if self.tls == Tls::Required {
            if !smtp.can_starttls() {
                bail!("the mail server at {here} offers no STARTTLS; nothing is sent in the clear");
            }
            smtp.starttls(parameters()?, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            if !smtp.is_encrypted() && self.tls != Tls::None {
                bail!("the connection to {here} is not encrypted; the password is not sent");
            }
            smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(smtp)
    }
}

/// An open conversation with a server.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    patience: Patience,
    fresh: bool,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Connection {
    /// Hands over one letter. `fence` is asked after the server's 354 and before any byte of the letter; when it
    /// answers false, or cannot answer, the connection is dropped without the dot.
    ///
    /// Answers what came of it, and whether the connection is good for another letter.
    pub async fn hand(&mut self, parcel: &Parcel, fence: impl AsyncFnOnce() -> bool) -> (Handed, bool) {
        let used = !std::mem::take(&mut self.fresh);
        let mail = Mail::new(Some(parcel.from.clone()), Vec::new());
        let rcpt = Rcpt::new(parcel.to.clone(), Vec::new());
        for (number, (command, limit)) in [
            (mail.to_string(), self.patience.envelope),
            (rcpt.to_string(), self.patience.envelope),
            (Data.to_string(), self.patience.data),
        ]
        .into_iter()
        .enumerate()
        {
            match self.say(&command, limit).await {
                Ok(reply) if number < 2 || reply.has_code(354) => {}
                Ok(reply) => return (Handed::Died(format!("DATA was answered {}", words(&reply))), false),
                Err(stopped) if used && number == 0 && hung_up(&stopped) => return (Handed::Stale, false),
                Err(stopped) => {
                    let good = matches!(stopped, Handed::Refused { .. })
                        && self.say(&Rset.to_string(), limit).await.is_ok();
                    return (stopped, good);
                }
            }
        }
        if !fence().await {
            // Within DATA nothing is a command, and no answer comes: the caller drops the line as it is.
            return (Handed::Fenced, false);
        }
        self.letter(&parcel.bytes).await
    }

    /// Says the letter and its final dot. A line that dies before the dot leaves nothing behind.
    async fn letter(&mut self, bytes: &[u8]) -> (Handed, bool) {
        let mut whole = false;
        let mut rest = Some(bytes);
        let parts = std::iter::from_fn(|| {
            whole = rest.is_none();
            rest.take()
        });
        let said = timeout(self.patience.dot, self.smtp.message_iter(parts)).await;
        match said {
            Ok(Ok(reply)) => (Handed::Taken(words(&reply)), true),
            Ok(Err(error)) if error.status().is_some() => (refused(&error), true),
            Ok(Err(error)) if !whole => (Handed::Died(error.to_string()), false),
            Err(_) if !whole => (Handed::Died("the mail server did not read in time".to_owned()), false),
            Ok(Err(_)) | Err(_) => (Handed::Unanswered, false),
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        drop(timeout(Duration::from_secs(5), self.smtp.quit()).await);
    }

    async fn say(&mut self, command: &str, limit: Duration) -> Result<Response, Handed> {
        match timeout(limit, self.smtp.command(command)).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(error)) if error.status().is_some() => Err(refused(&error)),
            Ok(Err(error)) => Err(Handed::Died(error.to_string())),
            Err(_) => Err(Handed::Died("the mail server did not answer in time".to_owned())),
        }
    }
}

fn refused(error: &lettre::transport::smtp::Error) -> Handed {
    Handed::Refused { for_now: error.is_transient(), reply: error.to_string() }
}

/// Gone, or saying goodbye: a server may close a line after so many letters, or after a while.
fn hung_up(stopped: &Handed) -> bool {
    match stopped {
        Handed::Died(_) => true,
        Handed::Refused { reply, .. } => reply.starts_with("transient error (421)"),
        _ => false,
    }
}

fn words(reply: &Response) -> String {
    format!("{} {}", reply.code(), reply.message().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_server_is_read_with_its_safety() {
        assert_eq!(Relay::parse("smtp://127.0.0.1:2525").unwrap().tls, Tls::None);
        assert_eq!(Relay::parse("smtp://[::1]:2525").unwrap().port, 2525);
        let relay = Relay::parse("smtp://me:secret@relay.example").unwrap();
        assert_eq!((relay.tls, relay.port), (Tls::Required, 587));
        assert_eq!(Relay::parse("smtps://relay.example").unwrap().port, 465);
    }

    #[test]
    fn an_address_that_cannot_be_right_is_refused() {
        for wrong in ["relay.example", "http://relay.example", "smtp://:25", "smtp://relay.example:x"] {
            assert!(Relay::parse(wrong).is_err(), "{wrong}");
        }
    }
}
