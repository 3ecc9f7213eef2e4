//! The built-in mailbox: a real SMTP listener on this machine that keeps what it takes in, shown at `/console/outbox`.
//!
//! It answers 250 only after the mail is on disk. It listens on the loopback address and nowhere else.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;
use mailin::{Action, Handler, Response, SessionBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::app::App;
use crate::store::outbox::{self, Arrival};

/// Bytes of one mail at most.
const LARGEST: usize = 10 << 20;
/// Bytes of one line at most.
const LONGEST_LINE: usize = 64 << 10;

/// A mailbox that is listening. It stops when this is dropped.
#[derive(Debug)]
pub struct Mailbox {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Mailbox {
    /// Starts to listen on a free port of the loopback address.
    pub async fn open(app: &App) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("opening the mailbox")?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(listen(app.clone(), listener));
        Ok(Self { address, task })
    }

    /// Where it listens, as the address of a relay.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(app: App, listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((socket, peer)) => {
                let app = app.clone();
                tokio::spawn(async move {
                    if let Err(error) = converse(&app, socket, peer).await {
                        tracing::debug!(%error, "a conversation with the mailbox ended early");
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "the mailbox could not take a connection"),
        }
    }
}

async fn converse(app: &App, socket: TcpStream, peer: SocketAddr) -> anyhow::Result<()> {
    socket.set_nodelay(true)?;
    let (read, mut write) = socket.into_split();
    let mut read = BufReader::new(read);
    let done = Arc::new(Mutex::new(None));
    let taking = Taking { done: Arc::clone(&done), ..Taking::default() };
    let mut session = SessionBuilder::new("mailbox.rapport.internal").build(peer.ip(), taking);
    answer(&mut write, &session.greeting()).await?;

    let mut line = Vec::new();
    loop {
        line.clear();
        let mut bounded = tokio::io::AsyncReadExt::take(&mut read, LONGEST_LINE as u64);
        if bounded.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let mut response = session.process(&line);
        let arrived = done.lock().expect("nothing panics while it holds this lock").take();
        if let Some(mail) = arrived
            && let Err(error) = keep(app, mail).await
        {
            tracing::warn!(%error, "the mailbox could not keep a mail");
            response = Response::custom(451, "could not keep it, try again".to_owned());
        }
        answer(&mut write, &response).await?;
        if response.action == Action::Close {
            return Ok(());
        }
    }
}

async fn answer(write: &mut (impl AsyncWriteExt + Unpin), response: &Response) -> anyhow::Result<()> {
    if response.action != Action::NoReply {
        let mut bytes = Vec::new();
        response.write_to(&mut bytes)?;
        write.write_all(&bytes).await?;
    }
    Ok(())
}

async fn keep(app: &App, mail: Whole) -> anyhow::Result<()> {
    let parsed = mail_parser::MessageParser::new().parse(&mail.bytes);
    let subject = parsed.as_ref().and_then(|parsed| parsed.subject()).unwrap_or_default().to_owned();
    let message_id = parsed.as_ref().and_then(|parsed| parsed.message_id()).map(str::to_owned);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&mail.bytes)?;
    let arrival = Arc::new(Arrival {
        id: app.ids.next(),
        received_at: app.clock.now(),
        envelope_from: mail.from,
        recipient: mail.to,
        subject,
        message_id,
        size: i64::try_from(mail.bytes.len())?,
        raw: packed.finish()?,
    });
    app.db
        .group()
        .commit(move |txn| {
            let arrival = Arc::clone(&arrival);
            Box::pin(async move { outbox::keep(txn, &arrival).await })
        })
        .await?;
    Ok(())
}

/// One mail, taken in whole.
struct Whole {
    from: String,
    to: String,
    bytes: Vec<u8>,
}

/// What the conversation has taken in so far.
#[derive(Default)]
struct Taking {
    from: String,
    to: String,
    bytes: Vec<u8>,
    done: Arc<Mutex<Option<Whole>>>,
}

impl Handler for Taking {
    fn mail(&mut self, _: std::net::IpAddr, _: &str, from: &str) -> Response {
        from.clone_into(&mut self.from);
        self.to.clear();
        mailin::response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        if !self.to.is_empty() {
            return Response::custom(452, "one recipient at a time".to_owned());
        }
        to.clone_into(&mut self.to);
        mailin::response::OK
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.bytes.clear();
        mailin::response::START_DATA
    }

    fn data(&mut self, part: &[u8]) -> std::io::Result<()> {
        if self.bytes.len() + part.len() > LARGEST {
            return Err(std::io::Error::other("larger than this mailbox takes"));
        }
        self.bytes.extend_from_slice(part);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let whole =
            Whole { from: self.from.clone(), to: self.to.clone(), bytes: std::mem::take(&mut self.bytes) };
        *self.done.lock().expect("nothing panics while it holds this lock") = Some(whole);
        mailin::response::OK
    }
}
