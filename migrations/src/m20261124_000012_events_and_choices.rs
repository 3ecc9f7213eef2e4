//! What happened, and what was chosen for whom.

use sea_orm_migration::{
    prelude::*,
    schema::{
        integer, integer_null, json_binary, json_binary_null, text, text_null, timestamp_with_time_zone,
        uuid, uuid_null,
    },
};

/// What happened, and what was chosen for whom.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_events(schema).await?;
        create_choices(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Choices::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Events::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_events(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let events = Table::create()
        .table(Events::Table)
        .col(uuid(Events::Id))
        .col(uuid(Events::AccountId))
        .col(uuid_null(Events::ContactId))
        .col(text(Events::Kind))
        .col(timestamp_with_time_zone(Events::At))
        .col(uuid_null(Events::MessageId))
        .col(text_null(Events::Item))
        .col(text_null(Events::Product))
        .col(integer_null(Events::Link))
        .col(text_null(Events::Value))
        .col(text_null(Events::Verdict))
        .col(integer_null(Events::VerdictRule))
        .col(json_binary_null(Events::Evidence))
        .col(timestamp_with_time_zone(Events::RecordedAt))
        .primary_key(Index::create().col(Events::AccountId).col(Events::At).col(Events::Id))
        .to_owned();
    schema.create_table(events).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_events_account_id_contact_id_kind_at")
                .table(Events::Table)
                .col(Events::AccountId)
                .col(Events::ContactId)
                .col(Events::Kind)
                .col(Events::At)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_events_message_id_kind")
                .table(Events::Table)
                .col(Events::MessageId)
                .col(Events::Kind)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_choices(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let choices = Table::create()
        .table(Choices::Table)
        .col(uuid(Choices::Id))
        .col(uuid(Choices::AccountId))
        .col(uuid(Choices::ContactId))
        .col(timestamp_with_time_zone(Choices::At))
        .col(text(Choices::Slot))
        .col(integer(Choices::Position))
        .col(text(Choices::Item))
        .col(text(Choices::Channel))
        .col(uuid_null(Choices::MessageId))
        .col(json_binary(Choices::Explanation))
        .primary_key(Index::create().col(Choices::AccountId).col(Choices::At).col(Choices::Id))
        .to_owned();
    schema.create_table(choices).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_choices_account_id_contact_id_at")
                .table(Choices::Table)
                .col(Choices::AccountId)
                .col(Choices::ContactId)
                .col(Choices::At)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_choices_id").table(Choices::Table).col(Choices::Id).to_owned())
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Events {
    Table,
    Id,
    AccountId,
    ContactId,
    Kind,
    At,
    MessageId,
    Item,
    Product,
    Link,
    Value,
    Verdict,
    VerdictRule,
    Evidence,
    RecordedAt,
}

#[derive(DeriveIden)]
enum Choices {
    Table,
    Id,
    AccountId,
    ContactId,
    At,
    Slot,
    Position,
    Item,
    Channel,
    MessageId,
    Explanation,
}
