//! The pages of a node, served on the loopback address, and who looks at them.

use std::net::Ipv4Addr;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use server::doors::{self, OneTimeLink};
use server::router;
use server::shelf::Shelves;
use server::store::doors::Role;
use server::web::listen;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::node::Node;

/// A node's pages. They are served until this is dropped.
pub struct Pages {
    node: Node,
    address: String,
    serving: JoinHandle<()>,
}

impl Pages {
    /// Serves the pages of this node on a free port.
    pub async fn of(node: &Node) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let house = router::house(&node.app, &Shelves::default());
        let serving = tokio::spawn(async move {
            listen::serve(listener, house, std::future::pending()).await;
        });
        Self { node: node.clone(), address, serving }
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Visitor {
        let browser = Client::builder().redirect(Policy::none()).build().expect("a browser can be made");
        Visitor { browser, address: self.address.clone(), cookie: None }
    }

    /// The customer with this address, signed in by a link of their own.
    pub async fn customer(&self, email: &str) -> Visitor {
        let person = self.node.person(email).await;
        let link = doors::customer_link(&self.node.app, person.id).await.expect("the database is there");
        self.visitor().signed_in(&link).await
    }

    /// A leader of programs, signed in.
    pub async fn leader(&self) -> Visitor {
        let email = "lead@lakeshore.example";
        let link = doors::staff_link(&self.node.app, email, email, Role::ProgramLead).await;
        self.visitor().signed_in(&link.expect("the database is there")).await
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Somebody with a browser.
pub struct Visitor {
    browser: Client,
    address: String,
    cookie: Option<String>,
}

impl Visitor {
    async fn signed_in(mut self, link: &OneTimeLink) -> Self {
        let path = link.url.splitn(4, '/').nth(3).expect("a link has a path");
        let pressed = self.browser.post(format!("{}/{path}", self.address)).send().await;
        let answer = pressed.expect("the pages are served");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "a link signs its owner in");
        self.cookie = Some(cookie(&answer));
        self
    }

    /// A page, which must be there, or one step further: a lesson leads to where its reader left it.
    pub async fn page(&self, path: &str) -> String {
        let mut answer = self.get(path).await;
        if answer.status() == StatusCode::SEE_OTHER {
            let further = answer.headers().get(LOCATION).expect("it says where to");
            let further = further.to_str().expect("an address is plain").to_owned();
            answer = self.get(&further).await;
        }
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.expect("a page is text")
    }

    /// Posts to an address with the token of this page's forms.
    pub async fn press(&self, page: &str, address: &str) {
        let html = self.page(page).await;
        let token = html.split("name=\"form_token\" value=\"").nth(1).expect("the page has a form");
        let token = token.split('"').next().expect("a token ends");
        let mut request =
            self.browser.post(format!("{}{address}", self.address)).form(&[("form_token", token)]);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let answer = request.send().await.expect("the pages are served");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{address}");
    }

    async fn get(&self, path: &str) -> Response {
        let mut request = self.browser.get(format!("{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.send().await.expect("the pages are served")
    }
}

fn cookie(answer: &Response) -> String {
    let set = answer.headers().get(SET_COOKIE).expect("a session has a cookie");
    let set = set.to_str().expect("a cookie is plain");
    set.split(';').next().expect("a cookie has a value").to_owned()
}
