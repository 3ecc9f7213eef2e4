//! A house that listens, and visitors with cookies of their own.

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::app::App;
use crate::shelf::Shelves;
use crate::store::doors::Role;
use crate::web::listen;
use crate::{doors, router, testing};

/// A house on one database, listening.
pub struct House {
    /// Which database.
    pub on: &'static str,
    /// What the house holds.
    pub app: App,
    /// Where it listens.
    pub url: String,
    _stop: oneshot::Sender<()>,
    _place: testing::Place,
}

/// A house on each database.
pub async fn open() -> Vec<House> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut open = Vec::new();
    for (place, app) in testing::houses().await {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let house = router::house(&app, &Shelves::default());
        tokio::spawn(async move {
            listen::serve(listener, house, async {
                stopped.await.ok();
            })
            .await;
        });
        open.push(House { on: place.name, app, url, _stop: stop, _place: place });
    }
    open
}

/// Someone with a browser.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    url: String,
    cookie: Option<String>,
}

impl House {
    /// Someone who is not signed in.
    pub fn visitor(&self) -> Visitor {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Visitor { client, url: self.url.clone(), cookie: None }
    }

    /// Someone of staff, signed in.
    pub async fn staff(&self, role: Role) -> Visitor {
        let email = format!("{role}@lakeshore.example");
        let link = doors::staff_link(&self.app, &email, &email, role).await.unwrap();
        self.visitor().signed_in(&link.url).await
    }
}

impl Visitor {
    /// Presses the button of a sign-in link, and keeps the cookie.
    pub async fn signed_in(mut self, link: &str) -> Self {
        let path = format!("/{}", link.splitn(4, '/').nth(3).unwrap());
        let answer = self.post(&path).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        self.cookie = Some(cookie(&answer));
        self
    }

    /// The same browser with this cookie.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    /// Looks at a page.
    pub async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path).send().await.unwrap()
    }

    /// Begins to post to an address.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.ask(Method::POST, path)
    }

    /// Begins any request.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }
}

/// The cookie an answer sets, as a browser would send it back.
pub fn cookie(answer: &Response) -> String {
    let set = answer.headers().get(SET_COOKIE).expect("a cookie").to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// The first token of a form on a page.
pub fn form_token(html: &str) -> String {
    let after = html.split("name=\"form_token\" value=\"").nth(1).expect("a form with a token");
    after.split('"').next().unwrap().to_owned()
}
