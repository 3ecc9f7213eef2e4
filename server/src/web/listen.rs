//! Takes connections and serves them, each with a bound on how long its headers may take, until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::Layer;

/// How long the headers of a request may take.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// How long answers under way may take once we are told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(20);
/// Connections at once; more wait at the door.
const CONNECTIONS: usize = 4_096;

/// Serves `house` on `listener` until `stop` comes, then lets answers under way finish.
pub async fn serve(listener: TcpListener, house: Router, stop: impl Future<Output = ()>) {
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes these places");
        let (stream, peer) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(error = error.to_string(), "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let answers = open.watch(connection(stream, peer, &house));
        tokio::spawn(async move {
            if let Err(error) = answers.await {
                tracing::debug!(error = error.to_string(), "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ANSWERS, open.shutdown()).await.is_err() {
        tracing::warn!("some answers were still under way when we stopped");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    house: &Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>>
+ Send
+ 'static {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    let service = Extension(ConnectInfo(peer)).layer(house.clone());
    builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned()
}
