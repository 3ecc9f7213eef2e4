//! Staff, sign-in links and sessions.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid},
};

/// Staff, sign-in links and sessions.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_staff(schema).await?;
        create_sign_in_links(schema).await?;
        create_sessions(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Sessions::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(SignInLinks::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Staff::Table).to_owned()).await?;
        Ok(())
    }
}

async fn create_staff(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let staff = Table::create()
        .table(Staff::Table)
        .col(uuid(Staff::Id).primary_key())
        .col(text(Staff::Email))
        .col(text(Staff::EmailKey))
        .col(text(Staff::Role))
        .col(timestamp_with_time_zone(Staff::CreatedAt))
        .col(timestamp_with_time_zone_null(Staff::DisabledAt))
        .to_owned();
    schema.create_table(staff).await?;
    schema
        .create_index(
            Index::create()
                .name("uq_staff_email_key")
                .table(Staff::Table)
                .col(Staff::EmailKey)
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_sign_in_links(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sign_in_links = Table::create()
        .table(SignInLinks::Table)
        .col(binary(SignInLinks::TokenHash).primary_key())
        .col(text(SignInLinks::Audience))
        .col(uuid(SignInLinks::SubjectId))
        .col(timestamp_with_time_zone(SignInLinks::ExpiresAt))
        .col(timestamp_with_time_zone_null(SignInLinks::UsedAt))
        .to_owned();
    schema.create_table(sign_in_links).await?;
    Ok(())
}

async fn create_sessions(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sessions = Table::create()
        .table(Sessions::Table)
        .col(binary(Sessions::TokenHash).primary_key())
        .col(text(Sessions::Audience))
        .col(uuid(Sessions::SubjectId))
        .col(timestamp_with_time_zone(Sessions::CreatedAt))
        .col(timestamp_with_time_zone(Sessions::LastSeenAt))
        .col(timestamp_with_time_zone(Sessions::ExpiresAt))
        .to_owned();
    schema.create_table(sessions).await?;
    schema
        .create_index(
            Index::create()
                .name("ix_sessions_audience_subject_id")
                .table(Sessions::Table)
                .col(Sessions::Audience)
                .col(Sessions::SubjectId)
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Staff {
    Table,
    Id,
    Email,
    EmailKey,
    Role,
    CreatedAt,
    DisabledAt,
}

#[derive(DeriveIden)]
enum SignInLinks {
    Table,
    TokenHash,
    Audience,
    SubjectId,
    ExpiresAt,
    UsedAt,
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    TokenHash,
    Audience,
    SubjectId,
    CreatedAt,
    LastSeenAt,
    ExpiresAt,
}
