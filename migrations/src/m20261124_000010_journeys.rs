//! Programs, journeys, their versions, and who is in them.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, integer, integer_null, json_binary, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid,
    },
};

use crate::create_by_account;

/// Programs, journeys, their versions, and who is in them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_programs(schema).await?;
        create_journeys(schema).await?;
        create_journey_versions(schema).await?;
        create_enrolments(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Enrolments::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(JourneyVersions::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Journeys::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Programs::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_programs(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let programs = Table::create()
        .table(Programs::Table)
        .col(uuid(Programs::Id).primary_key())
        .col(text(Programs::Name))
        .col(text(Programs::Title))
        .col(json_binary(Programs::Document))
        .col(timestamp_with_time_zone_null(Programs::StartedAt))
        .col(timestamp_with_time_zone(Programs::UpdatedAt))
        .to_owned();
    schema.create_table(programs).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_programs_name")
                .table(Programs::Table)
                .col(Programs::Name)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_journeys(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let journeys = Table::create()
        .table(Journeys::Table)
        .col(uuid(Journeys::Id).primary_key())
        .col(text(Journeys::Name))
        .col(text(Journeys::Title))
        .col(uuid(Journeys::ProgramId))
        .col(text(Journeys::State))
        .col(json_binary(Journeys::Draft))
        .col(integer_null(Journeys::LiveVersion))
        .col(timestamp_with_time_zone(Journeys::UpdatedAt))
        .to_owned();
    schema.create_table(journeys).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_journeys_name")
                .table(Journeys::Table)
                .col(Journeys::Name)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_journeys_program_id")
                .table(Journeys::Table)
                .col(Journeys::ProgramId)
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_journey_versions(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let journey_versions = Table::create()
        .table(JourneyVersions::Table)
        .col(uuid(JourneyVersions::JourneyId))
        .col(integer(JourneyVersions::Version))
        .col(json_binary(JourneyVersions::Document))
        .col(big_integer(JourneyVersions::People))
        .col(json_binary(JourneyVersions::Skipped))
        .col(timestamp_with_time_zone(JourneyVersions::LaunchedAt))
        .col(text(JourneyVersions::LaunchedBy))
        .primary_key(Index::create().col(JourneyVersions::JourneyId).col(JourneyVersions::Version))
        .to_owned();
    schema.create_table(journey_versions).await?;
    Ok(())
}

async fn create_enrolments(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let enrolments = Table::create()
        .table(Enrolments::Table)
        .col(uuid(Enrolments::Id))
        .col(uuid(Enrolments::AccountId))
        .col(uuid(Enrolments::ContactId))
        .col(uuid(Enrolments::JourneyId))
        .col(integer(Enrolments::Version))
        .col(integer(Enrolments::Occurrence))
        .col(text(Enrolments::State))
        .col(text(Enrolments::Step))
        .col(timestamp_with_time_zone(Enrolments::EnteredAt))
        .col(timestamp_with_time_zone_null(Enrolments::DueAt))
        .primary_key(Index::create().col(Enrolments::AccountId).col(Enrolments::Id))
        .to_owned();
    create_by_account(schema, enrolments, "enrolments").await?;
    schema
        .create_index(
            Index::create()
                .name("uq_enrolments_account_id_contact_id_journey_id_occurrence")
                .table(Enrolments::Table)
                .col(Enrolments::AccountId)
                .col(Enrolments::ContactId)
                .col(Enrolments::JourneyId)
                .col(Enrolments::Occurrence)
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_enrolments_journey_id_state")
                .table(Enrolments::Table)
                .col(Enrolments::JourneyId)
                .col(Enrolments::State)
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Programs {
    Table,
    Id,
    Name,
    Title,
    Document,
    StartedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Journeys {
    Table,
    Id,
    Name,
    Title,
    ProgramId,
    State,
    Draft,
    LiveVersion,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum JourneyVersions {
    Table,
    JourneyId,
    Version,
    Document,
    People,
    Skipped,
    LaunchedAt,
    LaunchedBy,
}

#[derive(DeriveIden)]
enum Enrolments {
    Table,
    Id,
    AccountId,
    ContactId,
    JourneyId,
    Version,
    Occurrence,
    State,
    Step,
    EnteredAt,
    DueAt,
}
