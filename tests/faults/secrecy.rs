//! Mail servers that speak TLS, and those that only pretend to.

use crate::harness::{
    Authority, Campaign, Deed, House, JOURNEY, MailServer, Node, Stage, Tls, Town, everywhere,
};

/// Every house, with a server and the node that has three letters for it. The houses know the authority.
async fn nodes(server: impl Fn(&Authority) -> Tls, scheme: &str) -> Vec<(House, MailServer, Node)> {
    let authority = Authority::unheard_of();
    let mut nodes = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open_with(server(&authority)).await;
        house.trusts(&authority);
        house.writes_to(server.url_with(scheme));
        let node = Campaign::launched(&house, &Town::that_joined(3, 1)).await;
        nodes.push((house, server, node));
    }
    nodes
}

/// Nobody was handed anything, nobody lost a try, and everybody can be written to later.
async fn nothing_was_said(house: &House, server: &MailServer, node: &Node) {
    let round = node.tick().await;
    assert!(round.unreachable && round.sent == 0, "{}", house.name);
    let rows = node.rows().await;
    assert!(rows.iter().all(|row| row.state == "planned" && row.attempts == 0), "{}", house.name);
    assert_eq!(server.kept(), 0, "{}", house.name);
}

#[tokio::test]
async fn letters_go_out_under_tls_when_the_server_offers_it() {
    for (house, server, node) in nodes(|by| Tls::Offered(by.certify()), "smtp+starttls").await {
        assert_eq!(node.tick().await.sent, 3, "{}", house.name);
        assert!(server.mails().iter().all(|mail| mail.secret), "{}", house.name);
        assert_eq!(server.kept(), 3, "{}", house.name);
    }
}

#[tokio::test]
async fn letters_go_out_under_tls_from_the_first_byte() {
    for (house, server, node) in nodes(|by| Tls::Wrapped(by.certify()), "smtps").await {
        assert_eq!(node.tick().await.sent, 3, "{}", house.name);
        assert!(server.mails().iter().all(|mail| mail.secret), "{}", house.name);
        assert_eq!(server.kept(), 3, "{}", house.name);
    }
}

#[tokio::test]
async fn nothing_is_said_in_the_clear_where_tls_is_demanded() {
    for (house, server, node) in nodes(|_| Tls::None, "smtp+starttls").await {
        nothing_was_said(&house, &server, &node).await;
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gets_no_letter() {
    for under_tls in [Tls::Offered, Tls::Wrapped] {
        let scheme = if matches!(under_tls(Authority::unheard_of().certify()), Tls::Wrapped(_)) {
            "smtps"
        } else {
            "smtp+starttls"
        };
        let stranger = |_: &Authority| under_tls(Authority::unheard_of().certify());
        for (house, server, node) in nodes(stranger, scheme).await {
            nothing_was_said(&house, &server, &node).await;
        }
        let other_name = |by: &Authority| under_tls(by.certify_as("other.example"));
        for (house, server, node) in nodes(other_name, scheme).await {
            nothing_was_said(&house, &server, &node).await;
        }
    }
}

#[tokio::test]
async fn what_was_slipped_in_before_tls_is_not_believed() {
    for (house, server, node) in nodes(|by| Tls::Offered(by.certify()), "smtp+starttls").await {
        server.always(Stage::Tls, Deed::Add("250 no need to hide\r\n"));
        nothing_was_said(&house, &server, &node).await;
        server.behave();
        assert_eq!(node.tick().await.sent, 3, "{}", house.name);
    }
}

#[tokio::test]
async fn no_answer_after_the_dot_is_unknown_under_tls_too() {
    for deed in [Deed::HangUp, Deed::Reset] {
        for (house, server, node) in nodes(|by| Tls::Wrapped(by.certify()), "smtps").await {
            server.always(Stage::Dot, deed.clone());
            assert_eq!(node.tick().await.sent, 0, "{} {deed:?}", house.name);
            assert_eq!(node.states().await, [("unknown".to_owned(), 3)].into(), "{} {deed:?}", house.name);
            assert_eq!(server.kept(), 0, "{} {deed:?}", house.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_says_in_words_why_nothing_goes_out() {
    let unknown = Authority::unheard_of().certify();
    for (tls, scheme, words) in [
        (Tls::None, "smtp+starttls", "offers no STARTTLS; nothing is sent in the clear"),
        (Tls::Wrapped(unknown), "smtps", "invalid peer certificate"),
    ] {
        for (house, _server, _node) in nodes(|_| tls.clone(), scheme).await {
            let said = house.refusal(&["journey", "resume", JOURNEY]);
            assert!(said.contains(words), "{}: {said}", house.name);
            assert!(said.contains("3 letters wait"), "{}: {said}", house.name);
        }
    }
}

#[tokio::test]
async fn a_file_of_authorities_that_holds_none_is_refused_at_the_start() {
    for (house, _server, _node) in nodes(|by| Tls::Wrapped(by.certify()), "smtps").await {
        house.run(&["serve", "--check-config"]);
        house.file("authority.pem", "nothing\n");
        let said = house.refusal(&["serve", "--check-config"]);
        assert!(said.contains("smtp_ca_file names") && said.contains("holds none"), "{}: {said}", house.name);
    }
}
