//! What is sold, and who else sells it.

use sea_orm_migration::{
    prelude::*,
    schema::{integer_null, text, text_null, timestamp_with_time_zone, uuid},
};

/// What is sold, and who else sells it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_products(schema).await?;
        create_partners(schema).await?;
        create_partner_products(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(PartnerProducts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Partners::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Products::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_products(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let products = Table::create()
        .table(Products::Table)
        .col(text(Products::Code).primary_key())
        .col(text(Products::Name))
        .col(text_null(Products::Family))
        .col(integer_null(Products::ActiveWindowDays))
        .col(timestamp_with_time_zone(Products::UpdatedAt))
        .to_owned();
    schema.create_table(products).await?;
    Ok(())
}

async fn create_partners(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let partners = Table::create()
        .table(Partners::Table)
        .col(uuid(Partners::Id).primary_key())
        .col(text(Partners::ExternalId))
        .col(text(Partners::Name))
        .col(text_null(Partners::Territory))
        .col(text_null(Partners::Tier))
        .col(text_null(Partners::Email))
        .col(text_null(Partners::Logo))
        .col(timestamp_with_time_zone(Partners::UpdatedAt))
        .to_owned();
    schema.create_table(partners).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_partners_external_id")
                .table(Partners::Table)
                .col(Partners::ExternalId)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_partner_products(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let partner_products = Table::create()
        .table(PartnerProducts::Table)
        .col(uuid(PartnerProducts::PartnerId))
        .col(text(PartnerProducts::ProductCode))
        .primary_key(Index::create().col(PartnerProducts::PartnerId).col(PartnerProducts::ProductCode))
        .to_owned();
    schema.create_table(partner_products).await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Products {
    Table,
    Code,
    Name,
    Family,
    ActiveWindowDays,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Partners {
    Table,
    Id,
    ExternalId,
    Name,
    Territory,
    Tier,
    Email,
    Logo,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum PartnerProducts {
    Table,
    PartnerId,
    ProductCode,
}
