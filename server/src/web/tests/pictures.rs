//! Pictures in questions, as those who ask, readers and staff see them.

use image::ImageFormat;
use reqwest::header::{CONTENT_TYPE, IF_NONE_MATCH};
use reqwest::{Method, Response};
use sea_orm::{EntityTrait, PaginatorTrait};
use uuid::Uuid;

use super::center::{page, signed_in};
use super::world::{self, House, Visitor, cookie, form_token};
use crate::community::asking;
use crate::doors;
use crate::profiles::erasing;
use crate::store::doors::Role;
use crate::store::entities::{picture_draft, question, question_picture};
use crate::testing;
use crate::testing::pictures::{PLACE, bomb, drawn, gif, moving, photo, written};

const TITLE: &str = "Why is the transfer button grey?";
const ALT: &str = "The phone’s menu, with <Transfer> in grey";

/// Sends the form of the details with a file, as a browser does without scripts.
async fn send(who: &Visitor, token: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Response {
    let mut body = Vec::new();
    for (name, value) in [("form_token", token)].iter().chain(fields) {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.into_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"picture_file\"; filename=\"{name}\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let request = who.post("/ask/new").header(CONTENT_TYPE, "multipart/form-data; boundary=edge");
    request.body(body).send().await.unwrap()
}

async fn token(who: &Visitor) -> String {
    form_token(&page(who, "/ask/new?q=something").await)
}

fn small() -> Vec<u8> {
    written(drawn(60, 40), ImageFormat::Png)
}

/// What a picture on a page is called.
fn named(html: &str) -> String {
    let after = html.split("src=\"/ask/pictures/").nth(1).expect("a picture");
    after.split('"').next().unwrap().to_owned()
}

async fn press(who: &Visitor, from: &str, to: &str, form: &[(&str, &str)]) -> Response {
    let token = form_token(&page(who, from).await);
    let form = [[("form_token", token.as_str())].as_slice(), form].concat();
    who.post(to).form(&form).send().await.unwrap()
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    let to = answer.headers()["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

/// Asks with a small picture: where the question is, and where its picture is.
async fn asked(who: &Visitor, more: &[(&str, &str)]) -> (String, String) {
    let token = token(who).await;
    let words = [[("title", TITLE), ("picture_alt", ALT), ("go", "post")].as_slice(), more].concat();
    let answer = send(who, &token, &words, Some(("menu.png", &small()))).await;
    let path = location(&answer);
    let picture = named(&page(who, &path).await);
    (path, format!("/ask/pictures/{picture}"))
}

async fn status(who: &Visitor, path: &str) -> u16 {
    who.get(path).await.status().as_u16()
}

async fn other(house: &House) -> Visitor {
    let person = testing::person(&house.app, 1).await;
    let link = doors::customer_link(&house.app, person.contact).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

async fn kept(house: &House) -> (u64, u64) {
    let db = house.app.db.read();
    let waiting = picture_draft::Entity::find().count(db).await.unwrap();
    (waiting, question_picture::Entity::find().count(db).await.unwrap())
}

#[tokio::test]
async fn a_picture_goes_through_the_preview_into_its_question_and_leaves_its_place_behind() {
    for house in world::open().await {
        let (maria, sam, on) = (signed_in(&house).await, other(&house).await, house.on);
        let file = photo(2400, 1200);
        let words = [("title", TITLE), ("details", "See below."), ("picture_alt", ALT), ("go", "preview")];
        let look = send(&maria, &token(&maria).await, &words, Some(("my photo.jpg", &file))).await;
        assert_eq!(look.status(), 200, "on {on}");
        let look = look.text().await.unwrap();
        assert!(
            look.contains("with &lt;Transfer&gt; in grey\" width=\"800\" height=\"1600\" loading=\"lazy\"")
        );
        let id = named(&look);
        let address = format!("/ask/pictures/{id}");
        let picture = maria.get(&address).await;
        assert_eq!(picture.status(), 200, "on {on}");
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "private, no-cache"),
        ] {
            assert_eq!(picture.headers()[name], value, "{name} on {on}");
        }
        let tag = picture.headers()["etag"].clone();
        let bytes = picture.bytes().await.unwrap();
        assert!(!bytes.windows(PLACE.len()).any(|part| part == PLACE), "the place is gone, on {on}");
        assert!(!bytes.windows(4).any(|part| part == b"Exif"), "and so is all around it, on {on}");
        assert!(bytes.len() < file.len(), "on {on}");
        for stranger in [&sam, &house.visitor(), &house.staff(Role::Admin).await] {
            assert_eq!(status(stranger, &address).await, 404, "it waits for her alone, on {on}");
        }

        let form = [("title", TITLE), ("picture", id.as_str()), ("picture_alt", ALT), ("go", "post")];
        let path = location(&press(&maria, "/ask/new?q=x", "/ask/new", &form).await);
        assert_eq!(
            location(&press(&maria, "/ask/new?q=x", "/ask/new", &form).await),
            path,
            "twice is once, on {on}"
        );
        assert_eq!(kept(&house).await, (0, 1), "on {on}");
        let html = page(&house.visitor(), &path).await;
        assert_eq!(named(&html), id, "on {on}");
        assert_eq!(status(&house.visitor(), &address).await, 200, "on {on}");
        let again = sam.ask(Method::GET, &address).header(IF_NONE_MATCH, tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "on {on}");
        assert!(again.bytes().await.unwrap().is_empty(), "on {on}");

        let data = page(&maria, "/me/data.json").await;
        assert!(data.contains(&address) && data.contains("in grey"), "on {on}");
        assert!(!data.contains("\"bytes\""), "the picture stands at its address, on {on}");
        assert!(page(&maria, "/me/data.txt").await.contains(&address), "on {on}");
    }
}

#[tokio::test]
async fn the_picture_of_a_visitor_waits_with_their_words_until_they_have_signed_in() {
    for house in world::open().await {
        let contact = super::letters::maria(&house.app).await;
        let (visitor, on) = (house.visitor(), house.on);
        let words = [("title", TITLE), ("picture_alt", ALT), ("go", "preview")];
        let look = send(&visitor, "", &words, Some(("a.png", &small()))).await;
        assert_eq!(look.status(), 200, "on {on}");
        let browser = cookie(&look);
        let id = named(&look.text().await.unwrap());
        let address = format!("/ask/pictures/{id}");
        let theirs = visitor.with_cookie(&browser);
        assert_eq!(
            (status(&theirs, &address).await, status(&visitor, &address).await),
            (200, 404),
            "on {on}"
        );

        let link = doors::customer_link(&house.app, contact).await.unwrap();
        let door = format!("/{}", link.url.splitn(4, '/').nth(3).unwrap());
        let maria =
            visitor.with_cookie(&format!("{browser}; {}", cookie(&theirs.post(&door).send().await.unwrap())));
        let form = page(&maria, "/ask/new").await;
        assert_eq!(named(&form), id, "on {on}");
        assert!(form.contains(&format!("name=\"picture\" value=\"{id}\"")), "on {on}");
        let words = [("title", TITLE), ("picture", id.as_str()), ("picture_alt", ALT), ("go", "post")];
        let path = location(&press(&maria, "/ask/new?q=x", "/ask/new", &words).await);
        assert_eq!(named(&page(&house.visitor(), &path).await), id, "on {on}");
        assert_eq!(kept(&house).await, (0, 1), "on {on}");
    }
}

#[tokio::test]
async fn what_is_no_picture_of_ours_is_refused_in_words_and_what_was_typed_stays() {
    for house in world::open().await {
        let (maria, on) = (signed_in(&house).await, house.on);
        let token = token(&maria).await;
        let words = [("title", TITLE), ("details", "It is <urgent>"), ("picture_alt", ALT), ("go", "post")];
        let whole = written(drawn(400, 300), ImageFormat::Jpeg);
        for (file, right) in [
            (gif(), "This is no JPEG, PNG or WebP picture"),
            (b"<html><script>alert(1)</script></html>".to_vec(), "This is no JPEG, PNG or WebP picture"),
            (moving(), "This picture moves"),
            (bomb(), "more than 40 million pixels"),
            (whole[..whole.len() / 2].to_vec(), "may be cut off"),
            ([whole.clone(), vec![0; 6 << 20]].concat(), "larger than 5 MB"),
        ] {
            let answer = send(&maria, &token, &words, Some(("../../holiday.jpg", &file))).await;
            assert_eq!(answer.status(), 422, "{right} on {on}");
            let html = answer.text().await.unwrap();
            assert!(html.contains(right) && html.contains("id=\"picture_file-problem\""), "{right} on {on}");
            assert!(html.contains("<title>Error: ") && html.contains("href=\"#picture_file\""), "{right}");
            assert!(html.contains(TITLE) && html.contains("It is &lt;urgent&gt;"), "{right} on {on}");
            assert!(html.contains("with &lt;Transfer&gt; in grey") && !html.contains("holiday"), "{right}");
        }
        let vast = send(&maria, &token, &words, Some(("a.jpg", &vec![0; 25 << 20]))).await;
        assert_eq!(vast.status(), 413, "on {on}");
        let forged = send(&maria, "", &words, Some(("a.png", &small()))).await;
        assert_eq!(forged.status(), 422, "without the token of our page, on {on}");
        assert_eq!(kept(&house).await, (0, 0), "on {on}");
        let path = location(&send(&maria, &token, &words, None).await);
        assert!(!page(&maria, &path).await.contains("/ask/pictures/"), "a question goes without, on {on}");
    }
}

#[tokio::test]
async fn who_says_nothing_of_a_picture_is_asked_and_keeps_it_and_can_take_another_or_none() {
    for house in world::open().await {
        let (maria, on) = (signed_in(&house).await, house.on);
        let token = token(&maria).await;
        let bare = [("title", TITLE), ("go", "post")];
        let answer = send(&maria, &token, &bare, Some(("a.png", &small()))).await;
        assert_eq!(answer.status(), 422, "on {on}");
        let html = answer.text().await.unwrap();
        assert!(html.contains("id=\"picture_alt-problem\""), "on {on}");
        let first = named(&html);
        assert!(html.contains(&format!("name=\"picture\" value=\"{first}\"")), "it is kept, on {on}");

        let again = [("title", TITLE), ("picture", first.as_str()), ("picture_alt", ALT), ("go", "preview")];
        let html = send(&maria, &token, &again, Some(("b.png", &small()))).await.text().await.unwrap();
        let second = named(&html);
        assert_ne!(first, second, "on {on}");
        assert_eq!(status(&maria, &format!("/ask/pictures/{first}")).await, 404, "on {on}");
        let long = "x".repeat(301);
        let form =
            [("title", TITLE), ("picture", second.as_str()), ("picture_alt", &long), ("go", "preview")];
        let answer = send(&maria, &token, &form, None).await;
        assert_eq!(answer.status(), 422, "on {on}");
        assert!(answer.text().await.unwrap().contains("Shorten this to 300 letters"), "on {on}");

        let take_out = async |id: &str, out: (&str, &str)| {
            let form = [("title", TITLE), ("picture", id), ("picture_alt", ALT), out];
            let look = send(&maria, &token, &form, None).await;
            assert_eq!(look.status(), 200, "{out:?} on {on}");
            assert!(!look.text().await.unwrap().contains("/ask/pictures/"), "{out:?} on {on}");
            assert_eq!(kept(&house).await, (0, 0), "{out:?} on {on}");
        };
        take_out(&second, ("picture_out", "1")).await;
        let form = [("title", TITLE), ("picture_alt", ALT), ("go", "preview")];
        let look = send(&maria, &token, &form, Some(("c.png", &small()))).await;
        take_out(&named(&look.text().await.unwrap()), ("go", "without-picture")).await;
    }
}

#[tokio::test]
async fn a_picture_is_seen_by_whoever_may_read_its_question_and_by_nobody_else() {
    for house in world::open().await {
        let (maria, sam, on) = (signed_in(&house).await, other(&house).await, house.on);
        let (visitor, moderator) = (house.visitor(), house.staff(Role::Moderator).await);
        let (path, picture) = asked(&maria, &[]).await;
        let console = path.replace("/ask", "/console/community");
        let seen = async || {
            (status(&visitor, &picture).await, status(&sam, &picture).await, status(&maria, &picture).await)
        };
        assert_eq!(seen().await, (200, 200, 200), "on {on}");
        let html = page(&moderator, &console).await;
        assert!(html.contains(&format!("src=\"{console}/picture\"")) && html.contains("&lt;Transfer&gt;"));
        for (act, gone) in [("hide", true), ("show", false)] {
            press(&moderator, &console, &format!("{console}/{act}"), &[("why", "A name is in it")]).await;
            let others = if gone { 404 } else { 200 };
            assert_eq!(seen().await, (others, others, 200), "{act} on {on}");
            assert_eq!(status(&moderator, &format!("{console}/picture")).await, 200, "{act} on {on}");
        }

        let to = format!("{console}/hide-picture");
        assert_eq!(press(&moderator, &console, &to, &[]).await.status(), 422, "a reason is wanted, on {on}");
        press(&moderator, &console, &to, &[("why", "A password is in it")]).await;
        assert_eq!(seen().await, (404, 404, 200), "on {on}");
        let html = page(&visitor, &path).await;
        assert!(html.contains(TITLE) && !html.contains("/ask/pictures/"), "the question stays, on {on}");
        assert!(page(&maria, &path).await.contains("took it down: A password is in it"), "on {on}");
        let html = page(&moderator, &console).await;
        assert!(html.contains("Picture taken down</b>: A password is in it"), "on {on}");
        press(&moderator, &console, &format!("{console}/show-picture"), &[("why", "It was none")]).await;
        assert_eq!(seen().await, (200, 200, 200), "on {on}");
        assert!(page(&moderator, &console).await.contains("Picture put back</b>: It was none"), "on {on}");

        let private = [("title", "Only an expert should see this"), ("asked_of", "expert")];
        let (hers, secret) = asked(&maria, &private).await;
        assert_eq!((status(&sam, &secret).await, status(&maria, &secret).await), (404, 200), "on {on}");
        let theirs = hers.replace("/ask", "/console/community");
        assert_eq!(status(&moderator, &format!("{theirs}/picture")).await, 200, "on {on}");
        let marketer = house.staff(Role::Marketer).await;
        assert_eq!(status(&marketer, &format!("{theirs}/picture")).await, 403, "on {on}");

        let (second, joined) = asked(&sam, &[("title", "Why is Transfer grey on mine?")]).await;
        let there = second.replace("/ask", "/console/community");
        let into = [("into", path.as_str()), ("why", "The same question")];
        press(&moderator, &there, &format!("{there}/merge"), &into).await;
        assert_eq!((status(&visitor, &joined).await, status(&sam, &joined).await), (404, 200), "on {on}");
        assert_eq!(seen().await, (200, 200, 200), "on {on}");
        for nothing in ["/ask/pictures/none", &format!("/ask/pictures/{}", Uuid::from_u128(1))] {
            assert_eq!(status(&maria, nothing).await, 404, "on {on}");
        }
    }
}

#[tokio::test]
async fn whoever_is_erased_leaves_no_picture_and_what_nobody_came_back_for_is_forgotten() {
    for house in world::open().await {
        let (maria, on) = (signed_in(&house).await, house.on);
        let (_, picture) = asked(&maria, &[]).await;
        let token = token(&maria).await;
        let words = [("title", "Another one, with a picture"), ("picture_alt", ALT), ("go", "preview")];
        let look = send(&maria, &token, &words, Some(("a.png", &small()))).await.text().await.unwrap();
        let id = named(&look);
        assert_eq!(kept(&house).await, (1, 1), "on {on}");
        assert_eq!(asking::sweep(&house.app).await.unwrap(), 0, "on {on}");
        house.app.clock.advance(chrono::TimeDelta::hours(25));
        assert_eq!(asking::sweep(&house.app).await.unwrap(), 1, "on {on}");
        let form = [("title", "Another one, with a picture"), ("picture", id.as_str()), ("go", "post")];
        let gone = press(&maria, "/ask/new?q=x", "/ask/new", &form).await;
        assert_eq!(gone.status(), 422, "on {on}");
        assert!(gone.text().await.unwrap().contains("Your picture was not kept any longer"), "on {on}");

        send(&maria, &token, &words, Some(("a.png", &small()))).await;
        assert_eq!(kept(&house).await, (1, 1), "on {on}");
        let whose = question::Entity::find().one(house.app.db.read()).await.unwrap().unwrap().contact_id;
        assert!(erasing::erase(&house.app, whose, "Erase me").await.unwrap(), "on {on}");
        assert_eq!(kept(&house).await, (0, 0), "on {on}");
        assert_eq!(status(&house.visitor(), &picture).await, 404, "on {on}");
    }
}

#[tokio::test]
async fn pictures_of_one_person_are_bounded_and_their_question_is_not() {
    for house in world::open().await {
        let (maria, on) = (signed_in(&house).await, house.on);
        let token = token(&maria).await;
        let words = [("title", TITLE), ("picture_alt", ALT), ("go", "preview")];
        for _ in 0..20 {
            let look = send(&maria, &token, &words, Some(("a.png", &small()))).await;
            assert_eq!(look.status(), 200, "on {on}");
        }
        let often = send(&maria, &token, &words, Some(("a.png", &small()))).await;
        assert_eq!(often.status(), 422, "on {on}");
        assert!(often.text().await.unwrap().contains("You brought 20 pictures in a day"), "on {on}");
        let path = location(&send(&maria, &token, &[("title", TITLE), ("go", "post")], None).await);
        assert_eq!(status(&house.visitor(), &path).await, 200, "on {on}");
    }
}
