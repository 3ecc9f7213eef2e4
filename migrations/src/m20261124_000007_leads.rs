//! Leads as each team reports them.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

/// Leads as each team reports them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_leads(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Leads::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_leads(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let leads = Table::create()
        .table(Leads::Table)
        .col(uuid(Leads::Id).primary_key())
        .col(text(Leads::ExternalId))
        .col(uuid_null(Leads::AccountId))
        .col(text_null(Leads::AccountReference))
        .col(text(Leads::Source))
        .col(text_null(Leads::Campaign))
        .col(text_null(Leads::Team))
        .col(text_null(Leads::Product))
        .col(text_null(Leads::Country))
        .col(timestamp_with_time_zone(Leads::CreatedAt))
        .col(timestamp_with_time_zone_null(Leads::RoutedAt))
        .col(timestamp_with_time_zone_null(Leads::AcceptedAt))
        .col(timestamp_with_time_zone_null(Leads::ClosedAt))
        .col(text(Leads::Stage))
        .col(big_integer_null(Leads::Amount))
        .col(big_integer_null(Leads::Cost))
        .col(text_null(Leads::TargetedClass))
        .col(timestamp_with_time_zone(Leads::UpdatedAt))
        .to_owned();
    schema.create_table(leads).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_leads_external_id")
                .table(Leads::Table)
                .col(Leads::ExternalId)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_leads_account_id").table(Leads::Table).col(Leads::AccountId).to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Leads {
    Table,
    Id,
    ExternalId,
    AccountId,
    AccountReference,
    Source,
    Campaign,
    Team,
    Product,
    Country,
    CreatedAt,
    RoutedAt,
    AcceptedAt,
    ClosedAt,
    Stage,
    Amount,
    Cost,
    TargetedClass,
    UpdatedAt,
}
