//! What people keep on shelves of their own, what they share by a link, and what they give to a colleague.

use sea_orm_migration::{
    prelude::*,
    schema::{
        binary, boolean, integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
        uuid, uuid_null,
    },
};

/// What people keep on shelves of their own, what they share by a link, and what they give to a colleague.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let shelves = Table::create()
            .table(Shelves::Table)
            .col(uuid(Shelves::AccountId))
            .col(uuid(Shelves::ContactId))
            .col(uuid(Shelves::Id))
            .col(text(Shelves::Title))
            .col(text_null(Shelves::TitleBefore))
            .col(integer(Shelves::Position))
            .col(boolean(Shelves::Shared))
            .col(timestamp_with_time_zone(Shelves::CreatedAt))
            .col(timestamp_with_time_zone(Shelves::UpdatedAt))
            .col(timestamp_with_time_zone_null(Shelves::ArchivedAt))
            .primary_key(Index::create().col(Shelves::AccountId).col(Shelves::ContactId).col(Shelves::Id))
            .to_owned();
        schema.create_table(shelves).await?;
        let pieces = Table::create()
            .table(ShelfItems::Table)
            .col(uuid(ShelfItems::AccountId))
            .col(uuid(ShelfItems::ContactId))
            .col(uuid(ShelfItems::ShelfId))
            .col(text(ShelfItems::Item))
            .col(integer(ShelfItems::Position))
            .col(text(ShelfItems::Version))
            .col(timestamp_with_time_zone(ShelfItems::AddedAt))
            .col(timestamp_with_time_zone_null(ShelfItems::RemovedAt))
            .primary_key(
                Index::create()
                    .col(ShelfItems::AccountId)
                    .col(ShelfItems::ContactId)
                    .col(ShelfItems::ShelfId)
                    .col(ShelfItems::Item),
            )
            .to_owned();
        schema.create_table(pieces).await?;
        let shares = Table::create()
            .table(Shares::Table)
            .col(uuid(Shares::AccountId))
            .col(uuid(Shares::ContactId))
            .col(uuid(Shares::Id))
            .col(binary(Shares::TokenHash))
            .col(text_null(Shares::Item))
            .col(uuid_null(Shares::ShelfId))
            .col(timestamp_with_time_zone(Shares::CreatedAt))
            .col(timestamp_with_time_zone(Shares::ExpiresAt))
            .primary_key(Index::create().col(Shares::AccountId).col(Shares::ContactId).col(Shares::Id))
            .to_owned();
        schema.create_table(shares).await?;
        let gifts = Table::create()
            .table(Gifts::Table)
            .col(uuid(Gifts::AccountId))
            .col(uuid(Gifts::ContactId))
            .col(uuid(Gifts::Id))
            .col(uuid(Gifts::GiverId))
            .col(text_null(Gifts::Item))
            .col(uuid_null(Gifts::ShelfId))
            .col(timestamp_with_time_zone(Gifts::At))
            .col(timestamp_with_time_zone_null(Gifts::AgreedAt))
            .primary_key(Index::create().col(Gifts::AccountId).col(Gifts::ContactId).col(Gifts::Id))
            .to_owned();
        schema.create_table(gifts).await?;
        let by_token = Index::create()
            .name("ix_shares_token_hash")
            .table(Shares::Table)
            .col(Shares::TokenHash)
            .to_owned();
        schema.create_index(by_token).await?;
        let by_giver = Index::create()
            .name("ix_gifts_account_id_giver_id")
            .table(Gifts::Table)
            .col(Gifts::AccountId)
            .col(Gifts::GiverId)
            .to_owned();
        schema.create_index(by_giver).await?;
        let archived = Index::create()
            .name("ix_shelves_archived_at")
            .table(Shelves::Table)
            .col(Shelves::ArchivedAt)
            .to_owned();
        schema.create_index(archived).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Gifts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Shares::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(ShelfItems::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Shelves::Table).to_owned()).await
    }
}

#[derive(DeriveIden)]
enum Shelves {
    Table,
    AccountId,
    ContactId,
    Id,
    Title,
    TitleBefore,
    Position,
    Shared,
    CreatedAt,
    UpdatedAt,
    ArchivedAt,
}

#[derive(DeriveIden)]
enum ShelfItems {
    Table,
    AccountId,
    ContactId,
    ShelfId,
    Item,
    Position,
    Version,
    AddedAt,
    RemovedAt,
}

#[derive(DeriveIden)]
enum Shares {
    Table,
    AccountId,
    ContactId,
    Id,
    TokenHash,
    Item,
    ShelfId,
    CreatedAt,
    ExpiresAt,
}

#[derive(DeriveIden)]
enum Gifts {
    Table,
    AccountId,
    ContactId,
    Id,
    GiverId,
    Item,
    ShelfId,
    At,
    AgreedAt,
}
