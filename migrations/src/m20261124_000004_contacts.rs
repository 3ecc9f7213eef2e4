//! People, their addresses, and the accounts they belong to.

use sea_orm_migration::{
    prelude::*,
    schema::{text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

/// People, their addresses, and the accounts they belong to.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_contacts(schema).await?;
        create_contact_accounts(schema).await?;
        create_contact_needs(schema).await?;
        create_contact_traits(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(ContactTraits::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(ContactNeeds::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(ContactAccounts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Contacts::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_contacts(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contacts = Table::create()
        .table(Contacts::Table)
        .col(uuid(Contacts::Id).primary_key())
        .col(uuid(Contacts::AccountId))
        .col(text(Contacts::ExternalId))
        .col(text(Contacts::Email))
        .col(text(Contacts::EmailKey))
        .col(text_null(Contacts::FirstName))
        .col(text_null(Contacts::LastName))
        .col(text_null(Contacts::Role))
        .col(text_null(Contacts::Language))
        .col(text_null(Contacts::Timezone))
        .col(text_null(Contacts::UserType))
        .col(text_null(Contacts::UserTypeSource))
        .col(text_null(Contacts::Level))
        .col(timestamp_with_time_zone_null(Contacts::OptedInAt))
        .col(timestamp_with_time_zone_null(Contacts::PausedUntil))
        .col(timestamp_with_time_zone(Contacts::CreatedAt))
        .col(timestamp_with_time_zone(Contacts::UpdatedAt))
        .to_owned();
    schema.create_table(contacts).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_contacts_email_key")
                .table(Contacts::Table)
                .col(Contacts::EmailKey)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_contacts_external_id")
                .table(Contacts::Table)
                .col(Contacts::ExternalId)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_contacts_account_id")
                .table(Contacts::Table)
                .col(Contacts::AccountId)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_contact_accounts(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contact_accounts = Table::create()
        .table(ContactAccounts::Table)
        .col(uuid(ContactAccounts::AccountId))
        .col(uuid(ContactAccounts::ContactId))
        .col(timestamp_with_time_zone(ContactAccounts::CreatedAt))
        .primary_key(Index::create().col(ContactAccounts::AccountId).col(ContactAccounts::ContactId))
        .to_owned();
    schema.create_table(contact_accounts).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_contact_accounts_contact_id")
                .table(ContactAccounts::Table)
                .col(ContactAccounts::ContactId)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_contact_needs(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contact_needs = Table::create()
        .table(ContactNeeds::Table)
        .col(uuid(ContactNeeds::AccountId))
        .col(uuid(ContactNeeds::ContactId))
        .col(text(ContactNeeds::Need))
        .primary_key(
            Index::create().col(ContactNeeds::AccountId).col(ContactNeeds::ContactId).col(ContactNeeds::Need),
        )
        .to_owned();
    schema.create_table(contact_needs).await?;
    Ok(())
}

async fn create_contact_traits(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contact_traits = Table::create()
        .table(ContactTraits::Table)
        .col(uuid(ContactTraits::AccountId))
        .col(uuid(ContactTraits::ContactId))
        .col(text(ContactTraits::Name))
        .col(text(ContactTraits::Value))
        .primary_key(
            Index::create()
                .col(ContactTraits::AccountId)
                .col(ContactTraits::ContactId)
                .col(ContactTraits::Name),
        )
        .to_owned();
    schema.create_table(contact_traits).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_contact_traits_name_value")
                .table(ContactTraits::Table)
                .col(ContactTraits::Name)
                .col(ContactTraits::Value)
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Contacts {
    Table,
    Id,
    AccountId,
    ExternalId,
    Email,
    EmailKey,
    FirstName,
    LastName,
    Role,
    Language,
    Timezone,
    UserType,
    UserTypeSource,
    Level,
    OptedInAt,
    PausedUntil,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum ContactAccounts {
    Table,
    AccountId,
    ContactId,
    CreatedAt,
}

#[derive(DeriveIden)]
enum ContactNeeds {
    Table,
    AccountId,
    ContactId,
    Need,
}

#[derive(DeriveIden)]
enum ContactTraits {
    Table,
    AccountId,
    ContactId,
    Name,
    Value,
}
