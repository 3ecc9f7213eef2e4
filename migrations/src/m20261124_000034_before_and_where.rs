//! What stood in the records before somebody answered for their business, where something is out of order, and what staff
//! did about it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        json_binary, json_binary_null, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid,
    },
};

/// What stood in the records before somebody answered for their business, where something is out of order, and what staff
/// did about it. Answers and incidents from before have none of it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for column in [text_null(Told::Stood), timestamp_with_time_zone_null(Told::UndoneAt)] {
            schema.alter_table(Table::alter().table(Told::Table).add_column(column).to_owned()).await?;
        }
        let places = json_binary_null(Incidents::Places);
        schema.alter_table(Table::alter().table(Incidents::Table).add_column(places).to_owned()).await?;
        let acts = Table::create()
            .table(IncidentActs::Table)
            .col(uuid(IncidentActs::Id).primary_key())
            .col(uuid(IncidentActs::IncidentId))
            .col(text(IncidentActs::Kind))
            .col(json_binary(IncidentActs::Now))
            .col(text(IncidentActs::DoneBy))
            .col(timestamp_with_time_zone(IncidentActs::At))
            .to_owned();
        schema.create_table(acts).await?;
        let of_incident = Index::create()
            .name("ix_incident_acts_incident_id_at")
            .table(IncidentActs::Table)
            .col(IncidentActs::IncidentId)
            .col(IncidentActs::At)
            .to_owned();
        schema.create_index(of_incident).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(IncidentActs::Table).to_owned()).await?;
        let places = Table::alter().table(Incidents::Table).drop_column(Incidents::Places).to_owned();
        schema.alter_table(places).await?;
        for column in [Told::UndoneAt, Told::Stood] {
            schema.alter_table(Table::alter().table(Told::Table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum Told {
    Table,
    Stood,
    UndoneAt,
}

#[derive(DeriveIden)]
enum Incidents {
    Table,
    Places,
}

#[derive(DeriveIden)]
enum IncidentActs {
    Table,
    Id,
    IncidentId,
    Kind,
    Now,
    DoneBy,
    At,
}
