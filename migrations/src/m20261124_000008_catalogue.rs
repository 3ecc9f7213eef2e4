//! Content, rules, saved segments and e-mails, as files that were imported.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, integer, json_binary, text, timestamp_with_time_zone},
};

/// Content, rules, saved segments and e-mails, as files that were imported.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_items(schema).await?;
        create_rules(schema).await?;
        create_segments(schema).await?;
        create_emails(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Emails::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Segments::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Rules::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Items::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_items(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let items = Table::create()
        .table(Items::Table)
        .col(text(Items::Name).primary_key())
        .col(text(Items::Title))
        .col(json_binary(Items::Document))
        .col(binary(Items::ContentHash))
        .col(integer(Items::Version))
        .col(timestamp_with_time_zone(Items::UpdatedAt))
        .to_owned();
    schema.create_table(items).await?;
    Ok(())
}

async fn create_rules(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let rules = Table::create()
        .table(Rules::Table)
        .col(text(Rules::Name).primary_key())
        .col(text(Rules::Title))
        .col(json_binary(Rules::Document))
        .col(binary(Rules::ContentHash))
        .col(integer(Rules::Version))
        .col(timestamp_with_time_zone(Rules::UpdatedAt))
        .to_owned();
    schema.create_table(rules).await?;
    Ok(())
}

async fn create_segments(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let segments = Table::create()
        .table(Segments::Table)
        .col(text(Segments::Name).primary_key())
        .col(text(Segments::Title))
        .col(json_binary(Segments::Document))
        .col(binary(Segments::ContentHash))
        .col(integer(Segments::Version))
        .col(timestamp_with_time_zone(Segments::UpdatedAt))
        .to_owned();
    schema.create_table(segments).await?;
    Ok(())
}

async fn create_emails(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let emails = Table::create()
        .table(Emails::Table)
        .col(text(Emails::Name).primary_key())
        .col(text(Emails::Title))
        .col(json_binary(Emails::Document))
        .col(binary(Emails::ContentHash))
        .col(integer(Emails::Version))
        .col(timestamp_with_time_zone(Emails::UpdatedAt))
        .to_owned();
    schema.create_table(emails).await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Items {
    Table,
    Name,
    Title,
    Document,
    ContentHash,
    Version,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Rules {
    Table,
    Name,
    Title,
    Document,
    ContentHash,
    Version,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Segments {
    Table,
    Name,
    Title,
    Document,
    ContentHash,
    Version,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Emails {
    Table,
    Name,
    Title,
    Document,
    ContentHash,
    Version,
    UpdatedAt,
}
