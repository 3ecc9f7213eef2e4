//! Who allowed what, with proof, and who must never be written to.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, binary, boolean, integer, text, text_null, timestamp_with_time_zone, uuid},
};

/// Who allowed what, with proof, and who must never be written to.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_consent_ledger(schema).await?;
        create_consents(schema).await?;
        create_suppressions(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Suppressions::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Consents::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(ConsentLedger::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_consent_ledger(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let consent_ledger = Table::create()
        .table(ConsentLedger::Table)
        .col(big_integer(ConsentLedger::Seq).primary_key())
        .col(uuid(ConsentLedger::Id))
        .col(uuid(ConsentLedger::AccountId))
        .col(uuid(ConsentLedger::ContactId))
        .col(binary(ConsentLedger::AddressHash))
        .col(text(ConsentLedger::Purpose))
        .col(boolean(ConsentLedger::Granted))
        .col(timestamp_with_time_zone(ConsentLedger::At))
        .col(text(ConsentLedger::Source))
        .col(text_null(ConsentLedger::Wording))
        .col(timestamp_with_time_zone(ConsentLedger::RecordedAt))
        .col(binary(ConsentLedger::PreviousHash))
        .col(binary(ConsentLedger::Hash))
        .to_owned();
    schema.create_table(consent_ledger).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_consent_ledger_id")
                .table(ConsentLedger::Table)
                .col(ConsentLedger::Id)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_consent_ledger_contact_id_purpose")
                .table(ConsentLedger::Table)
                .col(ConsentLedger::ContactId)
                .col(ConsentLedger::Purpose)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_consents(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let consents = Table::create()
        .table(Consents::Table)
        .col(uuid(Consents::AccountId))
        .col(uuid(Consents::ContactId))
        .col(text(Consents::Purpose))
        .col(boolean(Consents::Granted))
        .col(timestamp_with_time_zone(Consents::At))
        .col(uuid(Consents::EntryId))
        .primary_key(Index::create().col(Consents::AccountId).col(Consents::ContactId).col(Consents::Purpose))
        .to_owned();
    schema.create_table(consents).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_consents_contact_id_purpose")
                .table(Consents::Table)
                .col(Consents::ContactId)
                .col(Consents::Purpose)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_suppressions(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let suppressions = Table::create()
        .table(Suppressions::Table)
        .col(binary(Suppressions::AddressHash))
        .col(integer(Suppressions::KeyId))
        .col(text(Suppressions::Scope))
        .col(text(Suppressions::Reason))
        .col(text(Suppressions::Source))
        .col(timestamp_with_time_zone(Suppressions::At))
        .primary_key(Index::create().col(Suppressions::AddressHash).col(Suppressions::Scope))
        .to_owned();
    schema.create_table(suppressions).await?;
    Ok(())
}

#[derive(DeriveIden)]
enum ConsentLedger {
    Table,
    Seq,
    Id,
    AccountId,
    ContactId,
    AddressHash,
    Purpose,
    Granted,
    At,
    Source,
    Wording,
    RecordedAt,
    PreviousHash,
    Hash,
}

#[derive(DeriveIden)]
enum Consents {
    Table,
    AccountId,
    ContactId,
    Purpose,
    Granted,
    At,
    EntryId,
}

#[derive(DeriveIden)]
enum Suppressions {
    Table,
    AddressHash,
    KeyId,
    Scope,
    Reason,
    Source,
    At,
}
