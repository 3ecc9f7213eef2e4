//! Hands one letter to an SMTP server, stage by stage, and says exactly how far it came.
//!
//! lettre speaks the protocol over a [`Line`] of ours, because it matters at which stage a connection dies: before the
//! final dot a letter may be tried again, after it never.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use super::line::{Line, Sign};

const MINUTE: Duration = Duration::from_mins(1);
/// Bytes of a letter that are said at once.
const BLOCK: usize = 64 << 10;

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
    /// Saying the final dot, on a line that may stand still.
    pub stuck: Duration,
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
            stuck: 3 * MINUTE,
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

/// Where in a conversation a server said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// To our sender address: no letter of ours would fare better.
    Sender,
    /// To this recipient.
    Recipient,
    /// To this letter, before its final dot.
    Letter,
    /// To this letter, after its final dot.
    Dot,
}

/// How far a letter came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The server took it, and said this.
    Taken(String),
    /// The server said no, for now or for good, before or after the dot.
    Refused {
        /// To whom or what.
        stage: Stage,
        /// True for 4xx: it may be tried again.
        for_now: bool,
        /// What it said.
        reply: String,
    },
    /// The address has letters beyond ASCII before its `@`, and the server offers no SMTPUTF8 (RFC 6531): nothing was
    /// said, since nothing could be said without garbling it.
    Unspeakable,
    /// The fence stayed closed; the dot was not said, and a letter without it is none.
    Fenced,
    /// The line had been cut since the letter before: nothing of this one was said, and a new line may be tried at once.
    Stale,
    /// The connection died before the final dot: nothing irrevocable was said.
    Died(String),
    /// The dot was said, or may have been, and no answer came.
    Unanswered,
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
    /// A line on which greetings were said.
    pub(super) fn opened(smtp: AsyncSmtpConnection, line: Line, patience: Patience) -> Self {
        Self { smtp, line, patience, fresh: true }
    }

    /// Hands over one letter. `fence` is asked when the whole letter was said and its final dot was not; when it
    /// answers false, the connection is dropped without the dot.
    ///
    /// Answers what came of it, and whether the connection is good for another letter.
    pub async fn hand(&mut self, parcel: &Parcel, fence: impl AsyncFnOnce() -> bool) -> (Handed, bool) {
        let Some(parameters) = self.parameters(parcel) else { return (Handed::Unspeakable, true) };
        let used = !std::mem::take(&mut self.fresh);
        // A server that offers SMTPUTF8 and does not take it refuses this letter, and no other.
        let ours = if parameters.is_empty() { Stage::Sender } else { Stage::Recipient };
        let mail = Mail::new(Some(parcel.from.clone()), parameters);
        let rcpt = Rcpt::new(parcel.to.clone(), Vec::new());
        for (number, (command, limit, stage)) in [
            (mail.to_string(), self.patience.envelope, ours),
            (rcpt.to_string(), self.patience.envelope, Stage::Recipient),
            (Data.to_string(), self.patience.data, Stage::Letter),
        ]
        .into_iter()
        .enumerate()
        {
            match self.say(&command, limit, stage).await {
                Ok(reply) if number < 2 || reply.has_code(354) => {}
                Ok(reply) => return (Handed::Died(format!("DATA was answered {}", words(&reply))), false),
                Err(stopped) if used && number == 0 && hung_up(&stopped) => return (Handed::Stale, false),
                Err(stopped) => {
                    let good = matches!(stopped, Handed::Refused { .. })
                        && self.say(&Rset.to_string(), limit, stage).await.is_ok();
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

    /// What MAIL says of this letter besides its sender; nothing when this server cannot be told of its recipient.
    fn parameters(&self, parcel: &Parcel) -> Option<Vec<MailParameter>> {
        let to: &str = parcel.to.as_ref();
        if to.is_ascii() {
            return Some(Vec::new());
        }
        let offered = |extension| self.smtp.server_info().supports_feature(extension);
        let mut parameters = vec![MailParameter::SmtpUtfEight];
        if offered(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        offered(Extension::SmtpUtfEight).then_some(parameters)
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
            Sign::Word => Err(match self.listen(self.patience.data, Stage::Letter).await {
                Ok(reply) => Handed::Died(format!("before the final dot it said {}", words(&reply))),
                Err(stopped) => stopped,
            }),
        }
    }

    /// Says the final dot, the one thing that cannot be taken back.
    async fn dot(&mut self) -> (Handed, bool) {
        match timeout(self.patience.stuck, self.line.say(b".\r\n")).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return (Handed::Died(error.to_string()), false),
            Err(_) => return (Handed::Died("the mail server did not read in time".to_owned()), false),
        }
        match self.listen(self.patience.dot, Stage::Dot).await {
            Ok(reply) => (Handed::Taken(words(&reply)), true),
            Err(Handed::Died(_)) => (Handed::Unanswered, false),
            Err(refused) => (refused, true),
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        drop(timeout(Duration::from_secs(5), self.smtp.quit()).await);
    }

    async fn say(&mut self, command: &str, limit: Duration, stage: Stage) -> Result<Response, Handed> {
        understood(timeout(limit, self.smtp.command(command)).await, stage)
    }

    async fn listen(&mut self, limit: Duration, stage: Stage) -> Result<Response, Handed> {
        understood(timeout(limit, self.smtp.read_response()).await, stage)
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

fn understood(answer: Result<Result<Response, Error>, Elapsed>, stage: Stage) -> Result<Response, Handed> {
    match answer {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(error)) if error.status().is_some() => Err(refused(&error, stage)),
        Ok(Err(error)) => Err(Handed::Died(error.to_string())),
        Err(_) => Err(Handed::Died("the mail server did not answer in time".to_owned())),
    }
}

fn refused(error: &Error, stage: Stage) -> Handed {
    Handed::Refused { stage, for_now: error.is_transient(), reply: error.to_string() }
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
