//! Somebody at the door with a browser that keeps cookies and follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};

/// A browser with its cookies.
pub struct Guest {
    client: Client,
    house: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// What it is, without its parameters.
    pub kind: String,
    /// Where it leads, when it leads elsewhere.
    pub leads_to: Option<String>,
    /// The text.
    pub text: String,
    /// How many bytes came over the wire.
    pub bytes: usize,
}

impl Guest {
    /// Somebody new.
    pub fn at(house: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a browser can be made");
        Self { client, house: house.to_owned(), cookies: Mutex::default() }
    }

    /// Looks at a page, by its path or its whole address.
    pub async fn get(&self, address: &str) -> Result<Answer> {
        self.send(self.client.request(Method::GET, self.whole(address))).await
    }

    /// Asks for its headers only.
    pub async fn head(&self, address: &str) -> Result<Answer> {
        self.send(self.client.request(Method::HEAD, self.whole(address))).await
    }

    /// Looks at a page as it is packed for the wire: its bytes count, its text cannot be read.
    pub async fn get_packed(&self, address: &str) -> Result<Answer> {
        let request = self.client.request(Method::GET, self.whole(address)).header(ACCEPT_ENCODING, "gzip");
        self.send(request).await
    }

    /// Sends a form.
    pub async fn post(&self, address: &str, form: &[(&str, &str)]) -> Result<Answer> {
        self.send(self.client.request(Method::POST, self.whole(address)).form(form)).await
    }

    /// Sends a form that may bring a file, with one.
    pub async fn post_with_file(
        &self,
        address: &str,
        form: &[(&str, &str)],
        (name, file): (&str, &[u8]),
    ) -> Result<Answer> {
        let part = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = Vec::new();
        for (name, value) in form {
            body.extend(format!("{}\r\n\r\n{value}\r\n", part(name)).into_bytes());
        }
        body.extend(format!("{}; filename=\"picture\"\r\n\r\n", part(name)).into_bytes());
        body.extend(file);
        body.extend(b"\r\n--edge--\r\n");
        let kind = "multipart/form-data; boundary=edge";
        let request = self.client.request(Method::POST, self.whole(address)).header(CONTENT_TYPE, kind);
        self.send(request.body(body)).await
    }

    /// A page that must be there, or one step further where its address only leads on.
    pub async fn page(&self, address: &str) -> Result<String> {
        let mut answer = self.get(address).await?;
        if let Some(further) = answer.leads_to.take() {
            answer = self.get(&further).await?;
        }
        ensure!(answer.status == 200, "{address} answers {}: {}", answer.status, answer.text);
        Ok(answer.text)
    }

    fn whole(&self, address: &str) -> String {
        if address.starts_with("http") { address.to_owned() } else { format!("{}{address}", self.house) }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer> {
        let sent: Vec<String> = {
            let kept = self.cookies.lock().expect("nothing panics while it holds this lock");
            kept.iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let answer = request.header(COOKIE, sent.join("; ")).send().await.context("the house answers")?;
        for set in answer.headers().get_all(SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("a cookie has a value")?;
            let mut kept = self.cookies.lock().expect("nothing panics while it holds this lock");
            kept.insert(name.to_owned(), value.to_owned());
        }
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let kind = header(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().to_owned();
        let (status, leads_to) = (answer.status().as_u16(), header(LOCATION).map(str::to_owned));
        let body = answer.bytes().await?;
        let text = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status, kind, leads_to, text, bytes: body.len() })
    }
}

/// The token of the first form on a page.
pub fn form_token(html: &str) -> Result<&str> {
    let after = html.split("name=\"form_token\" value=\"").nth(1).context("a form with a token")?;
    Ok(after.split('"').next().unwrap_or_default())
}

/// Every value of this attribute on a page, entities undone.
pub fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    values.map(plain).collect()
}

/// Text without the entities that HTML needs.
pub fn plain(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}
