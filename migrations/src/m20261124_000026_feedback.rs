//! What people say about pages and steps, what fixed their problems, what is out of order now, and what came of it all.

use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, date, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

/// What people say about pages and steps, what fixed their problems, what is out of order now, and what came of it all.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        create_feedback(schema).await?;
        create_fix_answers(schema).await?;
        create_decisions(schema).await?;
        create_incidents(schema).await?;
        create_heard(schema).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(Heard::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Incidents::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(FeedbackDecisions::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(FixAnswers::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Feedback::Table).to_owned()).await
    }
}

async fn create_feedback(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let feedback = Table::create()
        .table(Feedback::Table)
        .col(uuid(Feedback::AccountId))
        .col(uuid(Feedback::Id))
        .col(uuid_null(Feedback::ContactId))
        .col(text(Feedback::About))
        .col(text(Feedback::Page))
        .col(text_null(Feedback::Item))
        .col(text_null(Feedback::Step))
        .col(text(Feedback::Answer))
        .col(text(Feedback::Words))
        .col(timestamp_with_time_zone(Feedback::At))
        .col(boolean(Feedback::NoteWanted))
        .col(timestamp_with_time_zone_null(Feedback::NotedAt))
        .primary_key(Index::create().col(Feedback::AccountId).col(Feedback::Id))
        .to_owned();
    schema.create_table(feedback).await?;
    let at = Index::create()
        .name("ix_feedback_about_at")
        .table(Feedback::Table)
        .col(Feedback::About)
        .col(Feedback::At)
        .to_owned();
    schema.create_index(at).await?;
    let item = Index::create()
        .name("ix_feedback_item_step")
        .table(Feedback::Table)
        .col(Feedback::Item)
        .col(Feedback::Step)
        .to_owned();
    schema.create_index(item).await
}

async fn create_fix_answers(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let answers = Table::create()
        .table(FixAnswers::Table)
        .col(uuid(FixAnswers::AccountId))
        .col(uuid(FixAnswers::Id))
        .col(uuid_null(FixAnswers::ContactId))
        .col(text(FixAnswers::Item))
        .col(text(FixAnswers::Step))
        .col(boolean(FixAnswers::Fixed))
        .col(date(FixAnswers::Day))
        .col(timestamp_with_time_zone(FixAnswers::At))
        .primary_key(Index::create().col(FixAnswers::AccountId).col(FixAnswers::Id))
        .to_owned();
    schema.create_table(answers).await?;
    let item = Index::create()
        .name("ix_fix_answers_item_day")
        .table(FixAnswers::Table)
        .col(FixAnswers::Item)
        .col(FixAnswers::Day)
        .to_owned();
    schema.create_index(item).await
}

async fn create_decisions(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let decisions = Table::create()
        .table(FeedbackDecisions::Table)
        .col(uuid(FeedbackDecisions::Id).primary_key())
        .col(text(FeedbackDecisions::About))
        .col(text(FeedbackDecisions::Subject))
        .col(text(FeedbackDecisions::Kind))
        .col(text_null(FeedbackDecisions::Target))
        .col(text(FeedbackDecisions::Because))
        .col(text(FeedbackDecisions::DecidedBy))
        .col(timestamp_with_time_zone(FeedbackDecisions::At))
        .to_owned();
    schema.create_table(decisions).await?;
    let subject = Index::create()
        .name("ix_feedback_decisions_about_subject_at")
        .table(FeedbackDecisions::Table)
        .col(FeedbackDecisions::About)
        .col(FeedbackDecisions::Subject)
        .col(FeedbackDecisions::At)
        .to_owned();
    schema.create_index(subject).await
}

async fn create_incidents(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let incidents = Table::create()
        .table(Incidents::Table)
        .col(uuid(Incidents::Id).primary_key())
        .col(text(Incidents::Product))
        .col(text_null(Incidents::Place))
        .col(text(Incidents::Words))
        .col(timestamp_with_time_zone(Incidents::Since))
        .col(timestamp_with_time_zone_null(Incidents::FixBy))
        .col(timestamp_with_time_zone_null(Incidents::EndedAt))
        .to_owned();
    schema.create_table(incidents).await?;
    let open = Index::create()
        .name("ix_incidents_ended_at")
        .table(Incidents::Table)
        .col(Incidents::EndedAt)
        .to_owned();
    schema.create_index(open).await
}

async fn create_heard(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    let heard = Table::create()
        .table(Heard::Table)
        .col(uuid(Heard::Id).primary_key())
        .col(text(Heard::Words))
        .col(text_null(Heard::Quote))
        .col(text(Heard::Did))
        .col(text_null(Heard::Item))
        .col(text_null(Heard::Step))
        .col(date(Heard::DidOn))
        .col(text_null(Heard::Next))
        .col(text(Heard::WrittenBy))
        .col(timestamp_with_time_zone(Heard::PublishedAt))
        .col(timestamp_with_time_zone_null(Heard::TakenDownAt))
        .to_owned();
    schema.create_table(heard).await
}

#[derive(DeriveIden)]
enum Feedback {
    Table,
    AccountId,
    Id,
    ContactId,
    About,
    Page,
    Item,
    Step,
    Answer,
    Words,
    At,
    NoteWanted,
    NotedAt,
}

#[derive(DeriveIden)]
enum FixAnswers {
    Table,
    AccountId,
    Id,
    ContactId,
    Item,
    Step,
    Fixed,
    Day,
    At,
}

#[derive(DeriveIden)]
enum FeedbackDecisions {
    Table,
    Id,
    About,
    Subject,
    Kind,
    Target,
    Because,
    DecidedBy,
    At,
}

#[derive(DeriveIden)]
enum Incidents {
    Table,
    Id,
    Product,
    Place,
    Words,
    Since,
    FixBy,
    EndedAt,
}

#[derive(DeriveIden)]
enum Heard {
    Table,
    Id,
    Words,
    Quote,
    Did,
    Item,
    Step,
    DidOn,
    Next,
    WrittenBy,
    PublishedAt,
    TakenDownAt,
}
