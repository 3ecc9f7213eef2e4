//! An outside mail server: real SMTP on the loopback address, with a script of faults.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use mailin::{Action, Handler, Response, Session, SessionBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::script::{Deed, Script, Stage};
use super::tls::{Pipe, Tls};

/// A letter that the server keeps.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Recipient of the envelope.
    pub to: String,
    /// True when it came under TLS.
    pub secret: bool,
    /// Headers and body, byte for byte as they came, doubled dots included.
    pub wire: Vec<u8>,
}

impl Mail {
    /// The letter itself: a dot that was doubled at the start of a line stands there once.
    pub fn letter(&self) -> Vec<u8> {
        let lines = self.wire.split_inclusive(|byte| *byte == b'\n');
        lines.flat_map(|line| line.strip_prefix(b".").unwrap_or(line)).copied().collect()
    }

    /// Its Message-ID.
    pub fn message_id(&self) -> String {
        let letter = self.letter();
        let parsed = MessageParser::new().parse(&letter).expect("what came is a mail");
        parsed.message_id().expect("a letter has a Message-ID").to_owned()
    }

    /// Its text and its HTML, decoded.
    pub fn bodies(&self) -> (String, String) {
        let letter = self.letter();
        let parsed = MessageParser::new().parse(&letter).expect("what came is a mail");
        let text = parsed.body_text(0).expect("a letter has a text");
        let html = parsed.body_html(0).expect("a letter has HTML");
        (text.into_owned(), html.into_owned())
    }

    /// One header, unfolded.
    pub fn header(&self, name: &str) -> String {
        let letter = self.letter();
        let parsed = MessageParser::new().parse(&letter).expect("what came is a mail");
        let raw = parsed.header_raw(name).unwrap_or_else(|| panic!("the letter has a header {name}"));
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The server. It stops when this is dropped.
#[derive(Debug)]
pub struct MailServer {
    address: SocketAddr,
    desk: Arc<Desk>,
    task: JoinHandle<()>,
}

/// What all conversations share.
#[derive(Debug, Default)]
struct Desk {
    script: Script,
    offers: Mutex<Vec<&'static str>>,
    spoke_utf8: AtomicUsize,
    mails: Mutex<Vec<Mail>>,
}

impl MailServer {
    /// Starts to listen on a free port, in the clear.
    pub async fn open() -> Self {
        Self::open_with(Tls::None).await
    }

    /// Starts to listen on a free port.
    pub async fn open_with(tls: Tls) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let desk = Arc::new(Desk::default());
        let task = tokio::spawn(listen(listener, tls, Arc::clone(&desk)));
        Self { address, desk, task }
    }

    /// Its address as the settings want it.
    pub fn url(&self) -> String {
        self.url_with("smtp")
    }

    /// Its address with this scheme.
    pub fn url_with(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.address)
    }

    /// What it keeps.
    pub fn mails(&self) -> Vec<Mail> {
        self.desk.mails().clone()
    }

    /// How many letters it keeps.
    pub fn kept(&self) -> usize {
        self.desk.mails().len()
    }

    /// What it keeps for one person.
    pub fn mails_to(&self, recipient: &str) -> Vec<Mail> {
        self.mails().into_iter().filter(|mail| mail.to == recipient).collect()
    }

    /// Does this at that stage of every conversation.
    pub fn always(&self, stage: Stage, deed: Deed) {
        self.desk.script.add(stage, None, None, deed);
    }

    /// Does this at that stage so many times, then no more.
    pub fn times(&self, times: usize, stage: Stage, deed: Deed) {
        self.desk.script.add(stage, None, Some(times), deed);
    }

    /// Does this at that stage of every conversation about this person.
    pub fn always_for(&self, recipient: &str, stage: Stage, deed: Deed) {
        self.desk.script.add(stage, Some(recipient), None, deed);
    }

    /// Offers this extension in further conversations.
    pub fn offer(&self, extension: &'static str) {
        self.desk.offers.lock().expect("nothing panics while it holds this lock").push(extension);
    }

    /// How many letters were announced with SMTPUTF8.
    pub fn spoke_utf8(&self) -> usize {
        self.desk.spoke_utf8.load(Ordering::SeqCst)
    }

    /// Behaves well from now on.
    pub fn behave(&self) {
        self.desk.script.forget();
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Desk {
    fn mails(&self) -> std::sync::MutexGuard<'_, Vec<Mail>> {
        self.mails.lock().expect("nothing panics while it holds this lock")
    }
}

async fn listen(listener: TcpListener, tls: Tls, desk: Arc<Desk>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(converse(socket, tls.clone(), Arc::clone(&desk)));
    }
}

/// One conversation, until either side hangs up.
async fn converse(socket: TcpStream, tls: Tls, desk: Arc<Desk>) {
    socket.set_nodelay(true).ok();
    let mut session = SessionBuilder::new("outside.example");
    let pipe: Box<dyn Pipe> = match &tls {
        Tls::None => Box::new(socket),
        Tls::Offered(_) => {
            session.enable_start_tls();
            Box::new(socket)
        }
        Tls::Wrapped(acceptor) => match acceptor.accept(socket).await {
            Ok(encrypted) => Box::new(encrypted),
            Err(_) => return,
        },
    };
    let session = session.build(Ipv4Addr::LOCALHOST.into(), Agreeable);
    let secret = matches!(tls, Tls::Wrapped(_));
    let talk = Talk {
        pipe: BufReader::new(pipe),
        tls,
        secret,
        session,
        recipient: String::new(),
        desk,
        letter: None,
        added: "",
        ready_for_tls: false,
    };
    drop(talk.go_on().await);
}

struct Talk {
    pipe: BufReader<Box<dyn Pipe>>,
    tls: Tls,
    secret: bool,
    session: Session<Agreeable>,
    recipient: String,
    desk: Arc<Desk>,
    letter: Option<Vec<u8>>,
    added: &'static str,
    ready_for_tls: bool,
}

impl Talk {
    async fn go_on(mut self) -> std::io::Result<()> {
        let greeting = self.session.greeting();
        if self.strays(Stage::Greeting).await?.is_break() {
            return Ok(());
        }
        self.answer(&greeting).await?;
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.pipe.read_until(b'\n', &mut line).await? == 0 {
                return Ok(());
            }
            let went_on = match self.letter.take() {
                Some(letter) => self.hear_letter(letter, &line).await?,
                None => self.hear_command(&line).await?,
            };
            if went_on.is_break() {
                return Ok(());
            }
            if std::mem::take(&mut self.ready_for_tls) {
                self = self.encrypt().await?;
            }
        }
    }

    async fn hear_command(&mut self, line: &[u8]) -> std::io::Result<ControlFlow<()>> {
        let command = String::from_utf8_lossy(line).to_ascii_uppercase();
        let stage = if command.starts_with("RCPT TO:") {
            let to = String::from_utf8_lossy(line[8..].trim_ascii()).trim_matches(['<', '>']).to_owned();
            self.recipient = to;
            Some(Stage::Recipient)
        } else {
            let known = [
                ("EHLO", Stage::Hello),
                ("AUTH", Stage::SignIn),
                ("MAIL", Stage::Sender),
                ("DATA", Stage::Data),
                ("STARTTLS", Stage::Tls),
            ];
            known.into_iter().find(|(word, _)| command.starts_with(word)).map(|(_, stage)| stage)
        };
        if let Some(stage) = stage {
            match self.strays(stage).await? {
                ControlFlow::Break(true) => return Ok(ControlFlow::Break(())),
                ControlFlow::Break(false) => return Ok(ControlFlow::Continue(())),
                ControlFlow::Continue(()) => {}
            }
        }
        // The session does not know the word, and takes the address as it is.
        let told = String::from_utf8_lossy(line).replacen(" SMTPUTF8", "", 1);
        self.desk.spoke_utf8.fetch_add(usize::from(told.len() < line.len()), Ordering::SeqCst);
        let response = self.session.process(told.as_bytes());
        if command.starts_with("EHLO") && response.code == 250 {
            self.offer(&response).await?;
            return Ok(ControlFlow::Continue(()));
        }
        if response.code == 354 {
            self.letter = Some(Vec::new());
        }
        self.answer(&response).await?;
        self.ready_for_tls = response.action == Action::UpgradeTls;
        Ok(if response.action == Action::Close { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    async fn hear_letter(&mut self, mut letter: Vec<u8>, line: &[u8]) -> std::io::Result<ControlFlow<()>> {
        let response = self.session.process(line);
        if line != b".\r\n" {
            if letter.is_empty() && self.strays(Stage::Body).await?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            letter.extend_from_slice(line);
            self.letter = Some(letter);
            return Ok(ControlFlow::Continue(()));
        }
        for stage in [Stage::Dot, Stage::Kept] {
            if stage == Stage::Kept {
                let to = self.recipient.clone();
                self.desk.mails().push(Mail { to, secret: self.secret, wire: std::mem::take(&mut letter) });
            }
            match self.strays(stage).await? {
                ControlFlow::Break(true) => return Ok(ControlFlow::Break(())),
                ControlFlow::Break(false) => return Ok(ControlFlow::Continue(())),
                ControlFlow::Continue(()) => {}
            }
        }
        self.answer(&response).await?;
        let over = self.strays(Stage::Done).await? == ControlFlow::Break(true);
        Ok(if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Does what the script wants here. Breaks with true when the conversation is over, with false when it goes on
    /// after an answer of the script's own.
    async fn strays(&mut self, stage: Stage) -> std::io::Result<ControlFlow<bool>> {
        match self.desk.script.at(stage, &self.recipient) {
            None => Ok(ControlFlow::Continue(())),
            Some(Deed::Wait(time)) => {
                tokio::time::sleep(time).await;
                Ok(ControlFlow::Continue(()))
            }
            Some(Deed::Hold(gate)) => {
                gate.pass().await;
                Ok(ControlFlow::Continue(()))
            }
            Some(Deed::HangUp) => Ok(ControlFlow::Break(true)),
            Some(Deed::Reset) => {
                self.pipe.get_ref().socket().set_zero_linger()?;
                Ok(ControlFlow::Break(true))
            }
            Some(Deed::Add(words)) => {
                self.added = words;
                Ok(ControlFlow::Continue(()))
            }
            Some(Deed::Babble) => {
                self.pipe.write_all(b"words without a number\r\n").await?;
                self.pipe.flush().await?;
                Ok(ControlFlow::Break(false))
            }
            Some(Deed::Say(code)) => {
                self.answer(&Response::custom(code, "as the test wants it".to_owned())).await?;
                Ok(ControlFlow::Break(code == 421))
            }
        }
    }

    async fn answer(&mut self, response: &Response) -> std::io::Result<()> {
        if response.action == Action::NoReply {
            return Ok(());
        }
        let mut bytes = Vec::new();
        response.write_to(&mut bytes)?;
        bytes.extend_from_slice(std::mem::take(&mut self.added).as_bytes());
        self.pipe.write_all(&bytes).await?;
        self.pipe.flush().await
    }

    /// Answers EHLO, and offers what the test wants besides.
    async fn offer(&mut self, response: &Response) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        response.write_to(&mut bytes)?;
        let lines = String::from_utf8_lossy(&bytes).into_owned();
        let (first, rest) = lines.split_once("\r\n").expect("the answer to EHLO has lines");
        let offers = self.desk.offers.lock().expect("nothing panics while it holds this lock").clone();
        let offers = offers.iter().flat_map(|extension| ["250-", extension, "\r\n"]).collect::<String>();
        self.pipe.write_all(format!("{first}\r\n{offers}{rest}").as_bytes()).await?;
        self.pipe.flush().await
    }

    /// Everything begins anew, under TLS.
    async fn encrypt(mut self) -> std::io::Result<Self> {
        if let (Tls::Offered(acceptor), Some(socket)) = (&self.tls, self.pipe.into_inner().into_clear()) {
            self.pipe = BufReader::new(Box::new(acceptor.accept(socket).await?));
            self.session.tls_active();
            self.secret = true;
            Ok(self)
        } else {
            Err(std::io::ErrorKind::InvalidInput.into())
        }
    }
}

/// Agrees to everything; the script decides.
struct Agreeable;

impl Handler for Agreeable {
    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        mailin::response::START_DATA
    }
}
