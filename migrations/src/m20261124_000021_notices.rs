//! Service letters that somebody asked for, and people who are about to join.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, binary, boolean, integer, json_binary, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

/// Service letters that somebody asked for, and people who are about to join.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_notices(schema).await?;
        create_joinings(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Joinings::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Notices::Table).to_owned()).await
    }
}

async fn create_notices(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let notices = Table::create()
        .table(Notices::Table)
        .col(uuid(Notices::Id).primary_key())
        .col(uuid_null(Notices::AccountId))
        .col(uuid_null(Notices::ContactId))
        .col(text(Notices::Kind))
        .col(text(Notices::Address))
        .col(json_binary(Notices::Data))
        .col(text(Notices::State))
        .col(integer(Notices::Attempts))
        .col(timestamp_with_time_zone(Notices::CreatedAt))
        .col(timestamp_with_time_zone(Notices::DueAt))
        .col(timestamp_with_time_zone(Notices::EndsAt))
        .col(text_null(Notices::Owner))
        .col(big_integer_null(Notices::LeaseUntil))
        .col(timestamp_with_time_zone_null(Notices::SettledAt))
        .col(text_null(Notices::Why))
        .to_owned();
    schema.create_table(notices).await?;
    let due = Index::create()
        .name("ix_notices_state_due_at")
        .table(Notices::Table)
        .col(Notices::State)
        .col(Notices::DueAt)
        .to_owned();
    schema.create_index(due).await?;
    let whose = Index::create()
        .name("ix_notices_contact_id")
        .table(Notices::Table)
        .col(Notices::ContactId)
        .to_owned();
    schema.create_index(whose).await
}

async fn create_joinings(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let joinings = Table::create()
        .table(Joinings::Table)
        .col(uuid(Joinings::Id).primary_key())
        .col(binary(Joinings::TokenHash))
        .col(uuid(Joinings::AccountId))
        .col(uuid_null(Joinings::ContactId))
        .col(text(Joinings::Email))
        .col(text(Joinings::EmailKey))
        .col(text(Joinings::FirstName))
        .col(text(Joinings::Language))
        .col(text(Joinings::Wording))
        .col(boolean(Joinings::Tracking))
        .col(text(Joinings::TrackingWording))
        .col(text_null(Joinings::Channel))
        .col(text_null(Joinings::Source))
        .col(text_null(Joinings::Side))
        .col(timestamp_with_time_zone(Joinings::CreatedAt))
        .col(timestamp_with_time_zone(Joinings::ExpiresAt))
        .col(timestamp_with_time_zone_null(Joinings::ConfirmedAt))
        .to_owned();
    schema.create_table(joinings).await?;
    let token = Index::create()
        .name("uq_joinings_token_hash")
        .table(Joinings::Table)
        .col(Joinings::TokenHash)
        .unique()
        .to_owned();
    schema.create_index(token).await?;
    let account = Index::create()
        .name("ix_joinings_account_id_created_at")
        .table(Joinings::Table)
        .col(Joinings::AccountId)
        .col(Joinings::CreatedAt)
        .to_owned();
    schema.create_index(account).await
}

#[derive(DeriveIden)]
enum Notices {
    Table,
    Id,
    AccountId,
    ContactId,
    Kind,
    Address,
    Data,
    State,
    Attempts,
    CreatedAt,
    DueAt,
    EndsAt,
    Owner,
    LeaseUntil,
    SettledAt,
    Why,
}

#[derive(DeriveIden)]
enum Joinings {
    Table,
    Id,
    TokenHash,
    AccountId,
    ContactId,
    Email,
    EmailKey,
    FirstName,
    Language,
    Wording,
    Tracking,
    TrackingWording,
    Channel,
    Source,
    Side,
    CreatedAt,
    ExpiresAt,
    ConfirmedAt,
}
