//! Group commit: short writes of many tasks share one transaction, and each learns its result after the commit.
//!
//! One task takes whatever is waiting, up to a bound, runs it in one transaction, commits, and answers. When one
//! of them fails, the transaction is given up and each is tried alone, so that one bad write hurts nobody else.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use tokio::sync::{mpsc, oneshot};

/// Writes that share a commit at most.
const AT_ONCE: usize = 1_000;
/// Writes that may wait; past that, whoever brings one waits.
const WAITING: usize = 10_000;

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>;
type Write = Arc<dyn for<'a> Fn(&'a DatabaseTransaction) -> Running<'a> + Send + Sync>;

struct Waiting {
    write: Write,
    answer: oneshot::Sender<Result<(), DbErr>>,
}

/// Takes short writes and commits them together.
#[derive(Clone)]
pub struct Group {
    queue: mpsc::Sender<Waiting>,
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("free", &self.queue.capacity()).finish()
    }
}

impl Group {
    /// Starts the task that commits. It ends when the last clone is gone and the queue is empty.
    pub(super) fn start(db: DatabaseConnection) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(work(db, waiting));
        Self { queue }
    }

    /// Runs `write` in the next shared transaction; when this returns `Ok`, it is on disk.
    ///
    /// `write` may run more than once (its first transaction may be given up), and only the last run counts.
    pub async fn commit<T, W>(&self, write: W) -> Result<T, DbErr>
    where
        T: Send + 'static,
        W: for<'a> Fn(&'a DatabaseTransaction) -> Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>
            + Send
            + Sync
            + 'static,
    {
        let slot = Arc::new(std::sync::Mutex::new(None));
        let (kept, write) = (Arc::clone(&slot), Arc::new(write));
        let write: Write = Arc::new(move |txn| {
            let (kept, write) = (Arc::clone(&kept), Arc::clone(&write));
            Box::pin(async move {
                let value = write(txn).await?;
                *kept.lock().expect("nothing panics while it holds this lock") = Some(value);
                Ok(())
            })
        });
        let (answer, result) = oneshot::channel();
        let gone = || DbErr::Custom("the writer of the database has stopped".to_owned());
        self.queue.send(Waiting { write, answer }).await.map_err(|_| gone())?;
        result.await.map_err(|_| gone())??;
        let value = slot.lock().expect("nothing panics while it holds this lock").take();
        Ok(value.expect("a write that succeeded left its value"))
    }
}

async fn work(db: DatabaseConnection, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::new();
    while waiting.recv_many(&mut batch, AT_ONCE).await > 0 {
        match together(&db, &batch).await {
            Ok(()) => batch.drain(..).for_each(|one| drop(one.answer.send(Ok(())))),
            Err(error) if batch.len() == 1 => {
                batch.drain(..).for_each(|one| drop(one.answer.send(Err(clone(&error)))));
            }
            Err(_) => {
                for one in batch.drain(..) {
                    let done = together(&db, std::slice::from_ref(&one)).await;
                    drop(one.answer.send(done));
                }
            }
        }
    }
}

async fn together(db: &DatabaseConnection, batch: &[Waiting]) -> Result<(), DbErr> {
    let txn = super::begin(db).await?;
    for one in batch {
        (one.write)(&txn).await?;
    }
    txn.commit().await
}

fn clone(error: &DbErr) -> DbErr {
    DbErr::Custom(error.to_string())
}
