//! The line to a mail server: a socket of ours, in the clear or under TLS.
//!
//! lettre speaks over one end and we keep the other, for what it does not let one do: say the letter and its final dot
//! as two things, see whether the server has gone or spoken out of turn, and begin TLS without believing a word that
//! was said before. What the server says is handed on one line at a time, so nothing waits unseen behind a reply.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Bytes of one line of a reply at most (RFC 5321, 4.5.3.1.5, with room to spare).
const LONGEST_LINE: usize = 1000;

/// One line. Clones are the same line; one of them is used at a time.
#[derive(Debug, Clone)]
pub(super) struct Line {
    wire: Arc<Mutex<Wire>>,
    peer: SocketAddr,
}

/// What came over a line when it should have been silent.
#[derive(Debug)]
pub(super) enum Sign {
    /// Nothing.
    Silence,
    /// A word, which waits to be read.
    Word,
    /// The end of the line, and how.
    Gone(String),
}

#[derive(Debug)]
struct Wire {
    socket: Socket,
    /// What the server said and nobody has read.
    heard: Vec<u8>,
    /// Bytes read of a line that has not ended.
    unended: usize,
}

#[derive(Debug)]
enum Socket {
    Clear(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// TLS was begun and did not come about.
    Given,
}

impl Line {
    /// Connects. Small writes go out at once: a conversation is made of them.
    pub(super) async fn open(host: &str, port: u16) -> Result<Self> {
        let socket = TcpStream::connect((host, port)).await?;
        socket.set_nodelay(true)?;
        let peer = socket.peer_addr()?;
        let wire = Wire { socket: Socket::Clear(socket), heard: Vec::new(), unended: 0 };
        Ok(Self { wire: Arc::new(Mutex::new(wire)), peer })
    }

    /// Begins TLS. A word that waits here was said in the clear, by whoever could: it ends the line.
    pub(super) async fn encrypt(&self, trust: Arc<ClientConfig>, host: ServerName<'static>) -> Result<()> {
        let socket = {
            let mut wire = self.wire();
            match std::mem::replace(&mut wire.socket, Socket::Given) {
                Socket::Clear(socket) if wire.heard.is_empty() => socket,
                _ => return Err(Error::new(ErrorKind::InvalidData, "it spoke before TLS had begun")),
            }
        };
        let encrypted = TlsConnector::from(trust).connect(host, socket).await?;
        self.wire().socket = Socket::Tls(Box::new(encrypted));
        Ok(())
    }

    /// Lets a reply be heard that was read before.
    pub(super) fn repeat(&self, reply: &str) {
        self.wire().heard.extend_from_slice(reply.as_bytes());
    }

    /// Says this, all of it. An error means that the last byte of it was never said.
    pub(super) async fn say(&self, bytes: &[u8]) -> Result<()> {
        let mut end = self.clone();
        end.write_all(bytes).await?;
        end.flush().await
    }

    /// Looks, without waiting, whether the server is there and silent.
    pub(super) fn look(&self) -> Sign {
        let mut wire = self.wire();
        if wire.heard.is_empty() {
            match wire.hear(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => return Sign::Silence,
                Poll::Ready(Err(error)) => return Sign::Gone(error.to_string()),
                Poll::Ready(Ok(())) if wire.heard.is_empty() => {
                    return Sign::Gone("the mail server hung up".to_owned());
                }
                Poll::Ready(Ok(())) => {}
            }
        }
        Sign::Word
    }

    fn wire(&self) -> MutexGuard<'_, Wire> {
        self.wire.lock().expect("nothing panics while it holds this lock")
    }
}

impl Wire {
    /// Reads what is there. Nothing more heard means that the server hung up.
    fn hear(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        let mut bytes = [0; LONGEST_LINE];
        let mut bytes = ReadBuf::new(&mut bytes);
        ready!(self.socket.end()?.poll_read(context, &mut bytes))?;
        self.heard.extend_from_slice(bytes.filled());
        Poll::Ready(Ok(()))
    }
}

/// Both ways of a socket.
trait End: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> End for T {}

impl Socket {
    fn end(&mut self) -> Result<Pin<&mut dyn End>> {
        match self {
            Self::Clear(socket) => Ok(Pin::new(socket)),
            Self::Tls(socket) => Ok(Pin::new(socket.as_mut())),
            Self::Given => Err(ErrorKind::NotConnected.into()),
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let mut wire = self.wire();
        if wire.heard.is_empty() {
            ready!(wire.hear(context))?;
        }
        let end = wire.heard.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let part = end.unwrap_or(wire.heard.len()).min(into.remaining());
        into.put_slice(&wire.heard[..part]);
        wire.heard.drain(..part);
        wire.unended = if end == Some(part) { 0 } else { wire.unended + part };
        if wire.unended > LONGEST_LINE {
            return Poll::Ready(Err(Error::new(ErrorKind::InvalidData, "its reply has a line without end")));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.wire().socket.end()?.poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.wire().socket.end()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        self.wire().socket.end()?.poll_shutdown(context)
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> Result<SocketAddr> {
        Ok(self.peer)
    }
}
