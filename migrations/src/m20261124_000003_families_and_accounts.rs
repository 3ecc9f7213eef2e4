//! Customer companies, and the families that are drawn together.

use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, date_null, integer_null, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

/// Customer companies, and the families that are drawn together.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_families(schema).await?;
        create_accounts(schema).await?;
        create_account_traits(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(AccountTraits::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Accounts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Families::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_families(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let families = Table::create()
        .table(Families::Table)
        .col(uuid(Families::Id).primary_key())
        .col(text(Families::Founder))
        .col(text_null(Families::Side))
        .col(boolean(Families::Held))
        .col(uuid_null(Families::MergedInto))
        .col(timestamp_with_time_zone_null(Families::MergedAt))
        .col(timestamp_with_time_zone(Families::CreatedAt))
        .to_owned();
    schema.create_table(families).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_families_merged_into")
                .table(Families::Table)
                .col(Families::MergedInto)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_accounts(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let accounts = Table::create()
        .table(Accounts::Table)
        .col(uuid(Accounts::Id).primary_key())
        .col(text(Accounts::ExternalId))
        .col(text(Accounts::Name))
        .col(text_null(Accounts::Domain))
        .col(integer_null(Accounts::Employees))
        .col(date_null(Accounts::FoundedOn))
        .col(text_null(Accounts::Stage))
        .col(text_null(Accounts::Industry))
        .col(text_null(Accounts::Country))
        .col(text_null(Accounts::Region))
        .col(text_null(Accounts::City))
        .col(text_null(Accounts::PostalCode))
        .col(text_null(Accounts::Parent))
        .col(text_null(Accounts::BillingId))
        .col(uuid_null(Accounts::PartnerId))
        .col(text(Accounts::Billing))
        .col(text_null(Accounts::TargetedClass))
        .col(text_null(Accounts::TargetedBand))
        .col(uuid(Accounts::FamilyId))
        .col(text_null(Accounts::Side))
        .col(boolean(Accounts::Held))
        .col(timestamp_with_time_zone(Accounts::CreatedAt))
        .col(timestamp_with_time_zone(Accounts::UpdatedAt))
        .to_owned();
    schema.create_table(accounts).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_accounts_external_id")
                .table(Accounts::Table)
                .col(Accounts::ExternalId)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_accounts_family_id")
                .table(Accounts::Table)
                .col(Accounts::FamilyId)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_accounts_domain")
                .table(Accounts::Table)
                .col(Accounts::Domain)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_accounts_parent")
                .table(Accounts::Table)
                .col(Accounts::Parent)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_accounts_billing_id")
                .table(Accounts::Table)
                .col(Accounts::BillingId)
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_accounts_side").table(Accounts::Table).col(Accounts::Side).to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_account_traits(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let account_traits = Table::create()
        .table(AccountTraits::Table)
        .col(uuid(AccountTraits::AccountId))
        .col(text(AccountTraits::Name))
        .col(text(AccountTraits::Value))
        .primary_key(Index::create().col(AccountTraits::AccountId).col(AccountTraits::Name))
        .to_owned();
    schema.create_table(account_traits).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_account_traits_name_value")
                .table(AccountTraits::Table)
                .col(AccountTraits::Name)
                .col(AccountTraits::Value)
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Families {
    Table,
    Id,
    Founder,
    Side,
    Held,
    MergedInto,
    MergedAt,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Accounts {
    Table,
    Id,
    ExternalId,
    Name,
    Domain,
    Employees,
    FoundedOn,
    Stage,
    Industry,
    Country,
    Region,
    City,
    PostalCode,
    Parent,
    BillingId,
    PartnerId,
    Billing,
    TargetedClass,
    TargetedBand,
    FamilyId,
    Side,
    Held,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum AccountTraits {
    Table,
    AccountId,
    Name,
    Value,
}
