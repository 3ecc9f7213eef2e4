//! Holds on a program's letters, and when each program was last looked at.

use sea_orm_migration::{
    prelude::*,
    schema::{text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

/// Holds on a program's letters, and when each program was last looked at.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let looked_at = timestamp_with_time_zone_null(Programs::LookedAt);
        schema.alter_table(Table::alter().table(Programs::Table).add_column(looked_at).to_owned()).await?;
        create_holds(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Holds::Table).to_owned()).await?;
        schema
            .alter_table(Table::alter().table(Programs::Table).drop_column(Programs::LookedAt).to_owned())
            .await
    }
}

async fn create_holds(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let holds = Table::create()
        .table(Holds::Table)
        .col(uuid(Holds::Id).primary_key())
        .col(uuid(Holds::ProgramId))
        .col(timestamp_with_time_zone(Holds::Since))
        .col(text(Holds::Finding))
        .col(timestamp_with_time_zone_null(Holds::DecidedAt))
        .col(text_null(Holds::DecidedBy))
        .col(text_null(Holds::Decision))
        .col(text_null(Holds::Because))
        .to_owned();
    schema.create_table(holds).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_holds_program_id_undecided")
                .table(Holds::Table)
                .col(Holds::ProgramId)
                .unique()
                .and_where(Expr::col(Holds::DecidedAt).is_null())
                .to_owned(),
        )
        .await
}

#[derive(DeriveIden)]
enum Programs {
    Table,
    LookedAt,
}

#[derive(DeriveIden)]
enum Holds {
    Table,
    Id,
    ProgramId,
    Since,
    Finding,
    DecidedAt,
    DecidedBy,
    Decision,
    Because,
}
