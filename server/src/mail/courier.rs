//! Hands one letter to an SMTP server, stage by stage, and says exactly how far it came.
//!
//! lettre speaks the protocol over a [`Line`] of ours, because it matters at which stage a connection dies: before the
//! final dot a letter may be tried again, after it never.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::response::Response;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::line::{Line, Sign};
use super::trust;

const MINUTE: Duration = Duration::from_mins(1);
/// Bytes of a letter that are said at once.
const BLOCK: usize = 64 << 10;

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

/// How long each stage may take (RFC 5321, 4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Connecting and greeting.
    pub greeting: Duration,
    /// MAIL and RCPT, each.
    pub envelope: Duration,
    /// DATA.
    pub data: Duration,
    /// Each block of the letter.
    pub block: Duration,
    /// The answer after the final dot.
    pub dot: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            greeting: 5 * MINUTE,
            envelope: 5 * MINUTE,
            data: 2 * MINUTE,
            block: 3 * MINUTE,
            dot: 10 * MINUTE,
        }
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
    /// The fence stayed closed; the dot was not said, and a letter without it is none.
    Fenced,
    /// The line had been cut since the letter before: nothing of this one was said, and a new line may be tried at once.
    Stale,
    /// The connection died before the final dot: nothing irrevocable was said.
    Died(String),
    /// The dot was said, or may have been, and no answer came.
    Unanswered,
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
    pub async fn connect(&self) -> anyhow::Result<Connection> {
        let opened = timeout(self.patience.greeting, self.greet()).await;
        let (smtp, line) = opened.context("the mail server did not greet in time")??;
        Ok(Connection { smtp, line, patience: self.patience, fresh: true })
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

/// An open conversation with a server.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    line: Line,
    patience: Patience,
    fresh: bool,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Connection {
    /// Hands over one letter. `fence` is asked when the whole letter was said and its final dot was not; when it
    /// answers false, the connection is dropped without the dot.
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
        if let Err(stopped) = self.letter(&parcel.bytes).await {
            return (stopped, false);
        }
        if !fence().await {
            // Within DATA nothing is a command, and no answer comes: the caller drops the line as it is.
            return (Handed::Fenced, false);
        }
        // Writing the fence took its time: the server may have gone meanwhile.
        if let Err(stopped) = self.still_there().await {
            return (stopped, false);
        }
        self.dot().await
    }

    /// Says the letter without its dot. Whatever stops it leaves nothing behind.
    async fn letter(&mut self, bytes: &[u8]) -> Result<(), Handed> {
        for block in doubled_dots(bytes).chunks(BLOCK) {
            match timeout(self.patience.block, self.line.say(block)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return Err(Handed::Died(error.to_string())),
                Err(_) => return Err(Handed::Died("the mail server did not read in time".to_owned())),
            }
        }
        self.still_there().await
    }

    /// A server that hung up before the dot, or spoke, does not want this letter now.
    async fn still_there(&mut self) -> Result<(), Handed> {
        match self.line.look() {
            Sign::Silence => Ok(()),
            Sign::Gone(how) => Err(Handed::Died(how)),
            Sign::Word => Err(match self.listen(self.patience.data).await {
                Ok(reply) => Handed::Died(format!("before the final dot it said {}", words(&reply))),
                Err(stopped) => stopped,
            }),
        }
    }

    /// Says the final dot, the one thing that cannot be taken back.
    async fn dot(&mut self) -> (Handed, bool) {
        match timeout(self.patience.block, self.line.say(b".\r\n")).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return (Handed::Died(error.to_string()), false),
            Err(_) => return (Handed::Died("the mail server did not read in time".to_owned()), false),
        }
        match self.listen(self.patience.dot).await {
            Ok(reply) => (Handed::Taken(words(&reply)), true),
            Err(Handed::Died(_)) => (Handed::Unanswered, false),
            Err(refused) => (refused, true),
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        drop(timeout(Duration::from_secs(5), self.smtp.quit()).await);
    }

    async fn say(&mut self, command: &str, limit: Duration) -> Result<Response, Handed> {
        understood(timeout(limit, self.smtp.command(command)).await)
    }

    async fn listen(&mut self, limit: Duration) -> Result<Response, Handed> {
        understood(timeout(limit, self.smtp.read_response()).await)
    }
}

/// A dot at the start of a line is doubled (RFC 5321, 4.5.2), and the last line ends.
fn doubled_dots(letter: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(letter.len() + 64);
    for line in letter.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
    }
    if !wire.ends_with(b"\r\n") {
        wire.extend_from_slice(b"\r\n");
    }
    wire
}

fn understood(answer: Result<Result<Response, Error>, Elapsed>) -> Result<Response, Handed> {
    match answer {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(error)) if error.status().is_some() => Err(refused(&error)),
        Ok(Err(error)) => Err(Handed::Died(error.to_string())),
        Err(_) => Err(Handed::Died("the mail server did not answer in time".to_owned())),
    }
}

fn refused(error: &Error) -> Handed {
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

    #[test]
    fn no_line_of_a_letter_can_end_it() {
        for (letter, wire) in [
            ("a\r\n", "a\r\n"),
            ("a", "a\r\n"),
            ("", "\r\n"),
            (".a\r\nb.\r\n", "..a\r\nb.\r\n"),
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"),
            ("a\n.\r\nb\n", "a\n..\r\nb\n\r\n"),
        ] {
            assert_eq!(doubled_dots(letter.as_bytes()), wire.as_bytes(), "{letter:?}");
        }
    }
}
