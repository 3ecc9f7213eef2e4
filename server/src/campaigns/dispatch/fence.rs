//! The fence: the one durable write between a letter that was said and its final dot.

use std::sync::Arc;

use sea_orm::DbErr;

use crate::app::App;
use crate::store::choices::{self, Shown};
use crate::store::messages::{self, Closed, Message};

/// What is written in one commit before the final dot of a letter.
pub(super) struct Fence {
    pub(super) address_hash: Vec<u8>,
    pub(super) links: serde_json::Value,
    pub(super) choices: Vec<choices::Kept>,
    pub(super) message: Message,
}

impl Fence {
    /// Writes it, durably. Whether it opened, or why not.
    pub(super) async fn write(self, app: &App) -> Result<Result<(), Closed>, DbErr> {
        let (fence, now, lease) = (Arc::new(self), app.clock.now(), app.settings.mail.fence_seconds());
        app.db
            .group()
            .commit(move |txn| {
                let fence = Arc::clone(&fence);
                Box::pin(async move {
                    let message = &fence.message;
                    let opened =
                        messages::hand_over(txn, message, &fence.address_hash, &fence.links, lease, now)
                            .await?;
                    if opened.is_ok() {
                        let shown = Shown {
                            account_id: message.account_id,
                            contact_id: message.contact_id,
                            at: now,
                            message_id: Some(message.id),
                        };
                        choices::keep(txn, shown, &fence.choices).await?;
                    }
                    Ok(opened)
                })
            })
            .await
    }
}
