//! What accounts hold, how terms ended, how much is used.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, date, date_null, integer_null, text, text_null, timestamp_with_time_zone, uuid,
    },
};

/// What accounts hold, how terms ended, how much is used.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_licences(schema).await?;
        create_renewals(schema).await?;
        create_usage(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Usage::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Renewals::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Licences::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_licences(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let licences = Table::create()
        .table(Licences::Table)
        .col(uuid(Licences::Id))
        .col(uuid(Licences::AccountId))
        .col(text(Licences::ExternalId))
        .col(text(Licences::ProductCode))
        .col(integer_null(Licences::Seats))
        .col(date_null(Licences::StartsOn))
        .col(date(Licences::RenewsOn))
        .col(big_integer_null(Licences::Amount))
        .col(text_null(Licences::Currency))
        .col(text(Licences::BilledBy))
        .col(timestamp_with_time_zone(Licences::UpdatedAt))
        .primary_key(Index::create().col(Licences::AccountId).col(Licences::Id))
        .to_owned();
    schema.create_table(licences).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_licences_external_id")
                .table(Licences::Table)
                .col(Licences::ExternalId)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_licences_renews_on")
                .table(Licences::Table)
                .col(Licences::RenewsOn)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_licences_product_code")
                .table(Licences::Table)
                .col(Licences::ProductCode)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_renewals(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let renewals = Table::create()
        .table(Renewals::Table)
        .col(uuid(Renewals::AccountId))
        .col(uuid(Renewals::LicenceId))
        .col(date(Renewals::DueOn))
        .col(text(Renewals::Outcome))
        .col(date_null(Renewals::DecidedOn))
        .col(big_integer_null(Renewals::Amount))
        .col(text_null(Renewals::Currency))
        .col(timestamp_with_time_zone(Renewals::UpdatedAt))
        .primary_key(Index::create().col(Renewals::AccountId).col(Renewals::LicenceId).col(Renewals::DueOn))
        .to_owned();
    schema.create_table(renewals).await?;
    schema
        .create_index(
            Index::create().name("ix_renewals_due_on").table(Renewals::Table).col(Renewals::DueOn).to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_usage(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let usage = Table::create()
        .table(Usage::Table)
        .col(uuid(Usage::AccountId))
        .col(text(Usage::ProductCode))
        .col(date(Usage::OnDate))
        .col(text(Usage::Milestone))
        .col(integer_null(Usage::ActiveSeats))
        .primary_key(
            Index::create()
                .col(Usage::AccountId)
                .col(Usage::ProductCode)
                .col(Usage::OnDate)
                .col(Usage::Milestone),
        )
        .to_owned();
    schema.create_table(usage).await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Licences {
    Table,
    Id,
    AccountId,
    ExternalId,
    ProductCode,
    Seats,
    StartsOn,
    RenewsOn,
    Amount,
    Currency,
    BilledBy,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Renewals {
    Table,
    AccountId,
    LicenceId,
    DueOn,
    Outcome,
    DecidedOn,
    Amount,
    Currency,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Usage {
    Table,
    AccountId,
    ProductCode,
    OnDate,
    Milestone,
    ActiveSeats,
}
