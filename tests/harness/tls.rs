//! TLS as a private relay has it: an authority of its own, and a certificate from it.

use std::net::Ipv4Addr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Who signs certificates.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// An authority that nobody knows yet.
    pub fn unheard_of() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no name is a bad one");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("keys can be made");
        Self { issuer: CertifiedIssuer::self_signed(params, key).expect("it signs its own") }
    }

    /// Its certificate, as a file holds it.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server at the loopback address, as this authority certifies it.
    pub fn certify(&self) -> TlsAcceptor {
        self.certify_as(&Ipv4Addr::LOCALHOST.to_string())
    }

    /// A server of this name, as this authority certifies it.
    pub fn certify_as(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().expect("keys can be made");
        let params = CertificateParams::new([name.to_owned()]).expect("the name is sound");
        let certificate = params.signed_by(&key, &self.issuer).expect("it signs");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has the usual versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .expect("key and certificate belong together");
        TlsAcceptor::from(Arc::new(config))
    }
}

/// What a mail server does about TLS.
#[derive(Clone)]
pub enum Tls {
    /// Nothing.
    None,
    /// Offers STARTTLS.
    Offered(TlsAcceptor),
    /// Speaks it from the first byte.
    Wrapped(TlsAcceptor),
}

/// A connection, in the clear or not.
pub(super) trait Pipe: AsyncRead + AsyncWrite + Send + Unpin {
    /// The socket below, when nothing is above it.
    fn into_clear(self: Box<Self>) -> Option<TcpStream>;
    /// The socket below.
    fn socket(&self) -> &TcpStream;
}

impl Pipe for TcpStream {
    fn into_clear(self: Box<Self>) -> Option<TcpStream> {
        Some(*self)
    }

    fn socket(&self) -> &TcpStream {
        self
    }
}

impl Pipe for TlsStream<TcpStream> {
    fn into_clear(self: Box<Self>) -> Option<TcpStream> {
        None
    }

    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }
}
