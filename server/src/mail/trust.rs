//! Whom a mail server's certificate may come from: the public authorities, and those of the operator's own.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// Trusts the public authorities and, besides, every certificate of this PEM file.
pub(super) fn beside(ca_file: Option<&Path>) -> anyhow::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = ca_file {
        let name = file.display();
        let what = || format!("smtp_ca_file names {name}; it should be a PEM file of certificates");
        let mut found = 0;
        for certificate in CertificateDer::pem_file_iter(file).with_context(what)? {
            roots.add(certificate.with_context(what)?).with_context(what)?;
            found += 1;
        }
        ensure!(found > 0, "{}, and holds none", what());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .context("preparing TLS")?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_no_certificate_is_refused_with_the_name_of_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let (empty, broken) = (folder.path().join("empty.pem"), folder.path().join("broken.pem"));
        std::fs::write(&empty, "no certificate\n").unwrap();
        std::fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
        for file in [empty, broken, folder.path().join("nowhere.pem")] {
            let error = format!("{:#}", beside(Some(&file)).unwrap_err());
            assert!(error.starts_with("smtp_ca_file names") && error.contains("PEM"), "{error}");
        }
    }
}
