//! Which root key this database was made with; who is in a journey, found by the person; and why one was paused.

use sea_orm_migration::{
    prelude::*,
    schema::{binary_null, text_null},
};

/// Which root key this database was made with; who is in a journey, found by the person; and why one was paused.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let known = Table::alter()
            .table(Installation::Table)
            .add_column(binary_null(Installation::KeyCheck))
            .to_owned();
        schema.alter_table(known).await?;
        let paused =
            Table::alter().table(Journeys::Table).add_column(text_null(Journeys::PausedBecause)).to_owned();
        schema.alter_table(paused).await?;
        let by_person = Index::create()
            .name("ix_enrolments_contact_id_journey_id")
            .table(Enrolments::Table)
            .col(Enrolments::ContactId)
            .col(Enrolments::JourneyId)
            .to_owned();
        schema.create_index(by_person).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let by_person =
            Index::drop().name("ix_enrolments_contact_id_journey_id").table(Enrolments::Table).to_owned();
        schema.drop_index(by_person).await?;
        let paused = Table::alter().table(Journeys::Table).drop_column(Journeys::PausedBecause).to_owned();
        schema.alter_table(paused).await?;
        let unknown =
            Table::alter().table(Installation::Table).drop_column(Installation::KeyCheck).to_owned();
        schema.alter_table(unknown).await
    }
}

#[derive(DeriveIden)]
enum Installation {
    Table,
    KeyCheck,
}

#[derive(DeriveIden)]
enum Journeys {
    Table,
    PausedBecause,
}

#[derive(DeriveIden)]
enum Enrolments {
    Table,
    ContactId,
    JourneyId,
}
