//! The comparison group: one draw, an append-only ledger, asks and deviations.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, binary, double, integer, integer_null, text, text_null,
        timestamp_with_time_zone, uuid, uuid_null,
    },
};

/// The comparison group: one draw, an append-only ledger, asks and deviations.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_comparison_draws(schema).await?;
        create_strata(schema).await?;
        create_assignments(schema).await?;
        create_asks(schema).await?;
        create_deviations(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Deviations::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Asks::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Assignments::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Strata::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(ComparisonDraws::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_comparison_draws(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let comparison_draws = Table::create()
        .table(ComparisonDraws::Table)
        .col(integer(ComparisonDraws::Id).primary_key())
        .col(binary(ComparisonDraws::Salt))
        .col(uuid(ComparisonDraws::SaltId))
        .col(text(ComparisonDraws::Design))
        .col(double(ComparisonDraws::Share))
        .col(integer(ComparisonDraws::LimitDays))
        .col(timestamp_with_time_zone(ComparisonDraws::DrawnAt))
        .to_owned();
    schema.create_table(comparison_draws).await?;
    Ok(())
}

async fn create_strata(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let strata = Table::create()
        .table(Strata::Table)
        .col(text(Strata::Name).primary_key())
        .col(text(Strata::Method))
        .col(double(Strata::Share))
        .col(integer(Strata::BlockSize))
        .col(big_integer(Strata::NextPosition))
        .to_owned();
    schema.create_table(strata).await?;
    Ok(())
}

async fn create_assignments(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let assignments = Table::create()
        .table(Assignments::Table)
        .col(big_integer(Assignments::Seq).primary_key())
        .col(uuid(Assignments::FamilyId))
        .col(integer(Assignments::Draw))
        .col(text(Assignments::Side))
        .col(double(Assignments::Share))
        .col(text(Assignments::Stratum))
        .col(uuid(Assignments::SaltId))
        .col(text(Assignments::Method))
        .col(big_integer_null(Assignments::Block))
        .col(integer_null(Assignments::Position))
        .col(timestamp_with_time_zone(Assignments::AssignedAt))
        .col(binary(Assignments::PreviousHash))
        .col(binary(Assignments::Hash))
        .to_owned();
    schema.create_table(assignments).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_assignments_family_id_draw")
                .table(Assignments::Table)
                .col(Assignments::FamilyId)
                .col(Assignments::Draw)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_asks(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let asks = Table::create()
        .table(Asks::Table)
        .col(uuid(Asks::Id))
        .col(uuid(Asks::AccountId))
        .col(uuid_null(Asks::ContactId))
        .col(uuid(Asks::FamilyId))
        .col(text(Asks::Channel))
        .col(text_null(Asks::Wording))
        .col(timestamp_with_time_zone(Asks::AskedAt))
        .primary_key(Index::create().col(Asks::AccountId).col(Asks::Id))
        .to_owned();
    schema.create_table(asks).await?;
    schema
        .create_index(
            Index::create().name("ix_asks_family_id").table(Asks::Table).col(Asks::FamilyId).to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_deviations(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let deviations = Table::create()
        .table(Deviations::Table)
        .col(uuid(Deviations::Id).primary_key())
        .col(uuid(Deviations::FamilyId))
        .col(text(Deviations::Kind))
        .col(timestamp_with_time_zone(Deviations::At))
        .col(text(Deviations::Detail))
        .to_owned();
    schema.create_table(deviations).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_deviations_family_id_kind")
                .table(Deviations::Table)
                .col(Deviations::FamilyId)
                .col(Deviations::Kind)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum ComparisonDraws {
    Table,
    Id,
    Salt,
    SaltId,
    Design,
    Share,
    LimitDays,
    DrawnAt,
}

#[derive(DeriveIden)]
enum Strata {
    Table,
    Name,
    Method,
    Share,
    BlockSize,
    NextPosition,
}

#[derive(DeriveIden)]
enum Assignments {
    Table,
    Seq,
    FamilyId,
    Draw,
    Side,
    Share,
    Stratum,
    SaltId,
    Method,
    Block,
    Position,
    AssignedAt,
    PreviousHash,
    Hash,
}

#[derive(DeriveIden)]
enum Asks {
    Table,
    Id,
    AccountId,
    ContactId,
    FamilyId,
    Channel,
    Wording,
    AskedAt,
}

#[derive(DeriveIden)]
enum Deviations {
    Table,
    Id,
    FamilyId,
    Kind,
    At,
    Detail,
}
