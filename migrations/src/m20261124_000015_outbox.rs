//! The built-in mailbox.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, binary, text, text_null, timestamp_with_time_zone, uuid},
};

/// The built-in mailbox.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_outbox_mails(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(OutboxMails::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_outbox_mails(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let outbox_mails = Table::create()
        .table(OutboxMails::Table)
        .col(uuid(OutboxMails::Id).primary_key())
        .col(timestamp_with_time_zone(OutboxMails::ReceivedAt))
        .col(text(OutboxMails::EnvelopeFrom))
        .col(text(OutboxMails::Recipient))
        .col(text(OutboxMails::Subject))
        .col(text_null(OutboxMails::MessageId))
        .col(big_integer(OutboxMails::Size))
        .col(binary(OutboxMails::Raw))
        .to_owned();
    schema.create_table(outbox_mails).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_outbox_mails_received_at")
                .table(OutboxMails::Table)
                .col(OutboxMails::ReceivedAt)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_outbox_mails_recipient")
                .table(OutboxMails::Table)
                .col(OutboxMails::Recipient)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_outbox_mails_message_id")
                .table(OutboxMails::Table)
                .col(OutboxMails::MessageId)
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum OutboxMails {
    Table,
    Id,
    ReceivedAt,
    EnvelopeFrom,
    Recipient,
    Subject,
    MessageId,
    Size,
    Raw,
}
