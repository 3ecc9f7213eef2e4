//! What a slip in a file may not do: lose what is known, move a consent, stop the import for good.

use super::*;

#[tokio::test]
async fn who_bills_is_never_taken_from_an_empty_or_misspelt_cell() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Products, "code,name\nphones,Phones\n").await;
        take_in(&app, RowKind::Accounts, "external_id,name,billing\nA1,Acme,partner\nA2,Bell,distributor\n")
            .await;
        let licences = "external_id,account,product,renews_on,billed_by\n";
        take_in(&app, RowKind::Licences, &format!("{licences}L1,A1,phones,2027-01-31,partner\n")).await;

        let slips = "external_id,name,billing\nA1,Acme,vendr\nA2,Bell,\nA3,Cole,vendr\nA4,Dunn,\n";
        let (counts, notes) = take_in(&app, RowKind::Accounts, slips).await;
        assert_eq!((counts.added, counts.refused), (1, 1), "{notes:?} on {}", place.name);
        assert_eq!(notes.refused[0].0, 4, "a new account has nothing to fall back on: {notes:?}");
        assert!(notes.refused[0].1.contains("did you mean `vendor`"), "{notes:?}");
        assert!(notes.warned[0].1.contains("what was known stays"), "{notes:?}");
        let billing = "SELECT billing FROM accounts ORDER BY external_id";
        assert_eq!(text_of(&app, billing).await, "partner distributor vendor", "on {}", place.name);

        let slips = format!("{licences}L1,A1,phones,2027-01-31,prtner\nL2,A1,phones,2027-01-31,prtner\n");
        let (counts, notes) = take_in(&app, RowKind::Licences, &slips).await;
        assert_eq!((counts.same, counts.refused), (1, 1), "{notes:?} on {}", place.name);
        take_in(&app, RowKind::Licences, &format!("{licences}L1,A1,phones,2027-02-28,\n")).await;
        let billed = "SELECT billed_by FROM licences";
        assert_eq!(text_of(&app, billed).await, "partner", "on {}", place.name);
    }
}

#[tokio::test]
async fn a_cell_that_cannot_be_read_loses_nothing_and_an_empty_one_says_there_is_nothing() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let first = "external_id,name,employees,city\nA1,Acme,12,Gary\nA2,Bell,7,Gary\n";
        take_in(&app, RowKind::Accounts, first).await;
        let slips = "external_id,name,employees,city\nA1,Acme,twelve,\nA2,Bell,8,Gary\nA3,Cole,nine,Gary\n";
        let (counts, notes) = take_in(&app, RowKind::Accounts, slips).await;
        assert_eq!((counts.added, counts.changed, counts.warnings), (1, 2, 2), "{notes:?} on {}", place.name);
        let kept = "SELECT coalesce(CAST(employees AS text), '?') || coalesce(city, '?') FROM accounts ORDER BY external_id";
        assert_eq!(text_of(&app, kept).await, "12? 8Gary ?Gary", "on {}", place.name);
    }
}

const PEOPLE: &str =
    "external_id,account,email,first_name,needs,consent,consent_at,consent_source,consent_wording,Shoe\n";

async fn two_companies(app: &App) {
    take_in(app, RowKind::Accounts, "external_id,name\nA1,Acme\nA2,Bell\n").await;
}

async fn granted(app: &App) -> String {
    text_of(app, "SELECT purpose FROM consents WHERE granted ORDER BY purpose").await
}

#[tokio::test]
async fn a_consent_does_not_move_to_an_address_it_was_not_given_for() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        let moved = format!(
            "{PEOPLE}C1,A1,old@acme.example,,,training,2026-01-05,form,Yes,\nC1,A1,new@acme.example,,,,,,,\n"
        );
        let (_, notes) = take_in(&app, RowKind::Contacts, &moved).await;
        assert_eq!(granted(&app).await, "", "on {}", place.name);
        assert!(notes.warned[0].1.contains("no longer has"), "{notes:?}");
    }
}

#[tokio::test]
async fn a_new_address_with_its_own_proof_is_granted_what_the_proof_says() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        let first = "C1,A1,old@acme.example,,,training;offers,2026-01-05,form,Yes,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{first}")).await;
        assert_eq!(granted(&app).await, "offers training", "on {}", place.name);
        let moved = "C1,A1,new@acme.example,,,training,2026-06-01,form,Yes,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{moved}")).await;
        assert_eq!(granted(&app).await, "training", "on {}", place.name);
        assert!(crate::store::consent::verify(app.db.read(), &app.keys).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_mailbox_may_be_handed_over_in_one_file() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        let first = "C1,A1,desk@acme.example,,,,,,,\nC2,A1,lee@acme.example,,,,,,,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{first}")).await;
        let handed =
            "C1,A1,pat@acme.example,,,,,,,\nC2,A1,desk@acme.example,,,,,,,\nC3,A1,lee@acme.example,,,,,,,\n";
        let (counts, notes) = take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{handed}")).await;
        assert_eq!((counts.added, counts.changed), (1, 2), "{notes:?} on {}", place.name);
        let keys = "SELECT email_key FROM contacts ORDER BY external_id";
        let expected = "pat@acme.example desk@acme.example lee@acme.example";
        assert_eq!(text_of(&app, keys).await, expected, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_line_for_a_further_account_only_links() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        let both = "C1,A1,pat@acme.example,Pat,more reviews,,,,,42\nC1,A2,pat@acme.example,,,,,,,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{both}")).await;
        let person = "SELECT first_name || (SELECT need FROM contact_needs) || (SELECT value FROM contact_traits) \
                      || (SELECT count(*) FROM contact_accounts) FROM contacts";
        assert_eq!(text_of(&app, person).await, "Patmore reviews421", "on {}", place.name);
        let moved = "C1,A2,pat@bell.example,,,,,,,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{moved}")).await;
        assert_eq!(text_of(&app, person).await, "Patmore reviews421", "on {}", place.name);
        assert_eq!(
            text_of(&app, "SELECT email FROM contacts").await,
            "pat@bell.example",
            "on {}",
            place.name
        );
    }
}

#[tokio::test]
async fn a_second_name_for_a_known_address_is_said() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}C1,A1,pat@acme.example,,,,,,,\n")).await;
        let (counts, notes) =
            take_in(&app, RowKind::Contacts, &format!("{PEOPLE}C9,A1,pat@acme.example,,,,,,,\n")).await;
        assert_eq!((counts.same, counts.warnings), (1, 1), "{notes:?} on {}", place.name);
        assert!(notes.warned[0].1.contains("contact `C1`"), "{notes:?}");
    }
}

#[tokio::test]
async fn an_external_id_may_look_like_an_address() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        let odd = "pat@crm.example,A1,pat@acme.example,,,,,,,\n";
        take_in(&app, RowKind::Contacts, &format!("{PEOPLE}{odd}")).await;
        let events = "id,type,at,contact\nE1,viewed,2026-03-01,pat@crm.example\nE2,viewed,2026-03-01,pat@acme.example\n";
        let (counts, notes) = take_in(&app, RowKind::Events, events).await;
        assert_eq!((counts.added, counts.refused), (2, 0), "{notes:?} on {}", place.name);
    }
}

#[tokio::test]
async fn an_event_that_comes_again_with_another_time_is_refused() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        two_companies(&app).await;
        take_in(&app, RowKind::Events, "id,type,at,account\nE1,form,2026-03-01,A1\n").await;
        let again = "id,type,at,account\nE1,form,2026-03-02,A1\n";
        let (counts, notes) = take_in(&app, RowKind::Events, again).await;
        assert_eq!((counts.added, counts.refused), (0, 1), "on {}", place.name);
        assert!(notes.refused[0].1.contains("2026-03-01T00:00:00Z"), "{notes:?}");
        let nobody = "id,type,at\nE2,viewed,2026-03-01\nE3,form,2026-03-01\n";
        let (counts, notes) = take_in(&app, RowKind::Events, nobody).await;
        assert_eq!((counts.added, counts.refused), (1, 1), "{notes:?} on {}", place.name);
    }
}

#[tokio::test]
async fn traits_that_differ_in_case_are_one() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, "external_id,name,Plan\nA1,Acme,gold\n").await;
        take_in(&app, RowKind::Accounts, "external_id,name,plan\nA1,Acme,silver\n").await;
        let traits = "SELECT name || value FROM account_traits";
        assert_eq!(text_of(&app, traits).await, "Plansilver", "on {}", place.name);
    }
}

#[tokio::test]
async fn a_file_with_old_line_ends_goes_on_where_it_was() {
    let rows: Vec<_> = (0..900).map(|n| format!("A{n},Company {n}\r")).collect();
    let text = format!("external_id,name\r{}", rows.concat());
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let mut notes = Notes { stop_after: Some(1), ..Notes::default() };
        let file = Cursor::new(text.clone().into_bytes());
        import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut notes).await.unwrap_err();
        let (counts, _) = take_in(&app, RowKind::Accounts, &text).await;
        assert_eq!((counts.rows, counts.added), (900, 900), "on {}", place.name);
        assert_eq!(account::Entity::find().count(app.db.read()).await.unwrap(), 900);
    }
}
