//! Domains where anyone may have an address: sharing one says nothing about two companies.

/// Whether this domain hands out addresses to anyone, or is the national one of a name that does.
pub fn is_public(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    PUBLIC.binary_search(&domain.as_str()).is_ok() || FAMILIES.iter().any(|name| is_national(&domain, name))
}

/// `yahoo.co.uk`, `hotmail.fr`: a name that hands out addresses in many countries.
fn is_national(domain: &str, name: &str) -> bool {
    domain.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')).is_some_and(|country| {
        country.len() == 2 || country == "com" || {
            let mut parts = country.split('.');
            let (second, top) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            matches!(second, "co" | "com") && top.len() == 2 && parts.next().is_none()
        }
    })
}

const FAMILIES: &[&str] = &["gmx", "hotmail", "live", "outlook", "windowslive", "yahoo", "yandex"];

/// Sorted, so that it can be searched by halves.
const PUBLIC: &[&str] = &[
    "126.com",
    "139.com",
    "163.com",
    "189.cn",
    "21cn.com",
    "aim.com",
    "alice.it",
    "aliyun.com",
    "aol.com",
    "aon.at",
    "arcor.de",
    "att.net",
    "bell.net",
    "bellsouth.net",
    "bigpond.com",
    "bigpond.net.au",
    "bluewin.ch",
    "blueyonder.co.uk",
    "bol.com.br",
    "btinternet.com",
    "charter.net",
    "chello.nl",
    "comcast.net",
    "cox.net",
    "daum.net",
    "duck.com",
    "earthlink.net",
    "eircom.net",
    "email.com",
    "email.cz",
    "eresmas.com",
    "fastmail.com",
    "fastmail.fm",
    "foxmail.com",
    "free.fr",
    "freemail.hu",
    "freenet.de",
    "frontier.com",
    "frontiernet.net",
    "gmail.com",
    "gmx.net",
    "googlemail.com",
    "hanmail.net",
    "hetnet.nl",
    "hey.com",
    "home.nl",
    "hushmail.com",
    "icloud.com",
    "iinet.net.au",
    "inbox.lv",
    "inbox.ru",
    "interia.pl",
    "juno.com",
    "kpnmail.nl",
    "laposte.net",
    "libero.it",
    "list.ru",
    "mac.com",
    "mail.bg",
    "mail.com",
    "mail.ee",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "nate.com",
    "naver.com",
    "neuf.fr",
    "numericable.fr",
    "o2.pl",
    "online.no",
    "optonline.net",
    "optusnet.com.au",
    "orange.fr",
    "pacbell.net",
    "planet.nl",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "ptd.net",
    "qq.com",
    "rediffmail.com",
    "roadrunner.com",
    "rocketmail.com",
    "rogers.com",
    "sapo.pt",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "shaw.ca",
    "sify.com",
    "sina.com",
    "sky.com",
    "skynet.be",
    "sohu.com",
    "sympatico.ca",
    "t-online.de",
    "talktalk.net",
    "telenet.be",
    "telia.com",
    "telus.net",
    "terra.com.br",
    "tiscali.it",
    "tuta.io",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "videotron.ca",
    "virgilio.it",
    "virginmedia.com",
    "wanadoo.fr",
    "web.de",
    "westnet.com.au",
    "windstream.net",
    "wp.pl",
    "xs4all.nl",
    "xtra.co.nz",
    "yeah.net",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
];

#[cfg(test)]
mod tests {
    use super::{PUBLIC, is_public};

    #[test]
    fn the_list_is_sorted_and_a_company_is_not_on_it() {
        assert!(PUBLIC.is_sorted());
        for domain in ["gmail.com", "GMail.com", "yahoo.co.uk", "hotmail.fr", "outlook.com", "gmx.net"] {
            assert!(is_public(domain), "{domain}");
        }
        for domain in ["lakeshore.example", "yahoo-plumbing.com", "live.music.example", "outlookgarden.com"] {
            assert!(!is_public(domain), "{domain}");
        }
    }
}
