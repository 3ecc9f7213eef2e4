//! Questions among customers: what was asked, what was answered, and what people did with it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        binary, boolean, integer, json_binary, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

/// Questions among customers: what was asked, what was answered, and what people did with it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.create_table(questions()).await?;
        for (name, columns) in [
            ("ix_questions_slug", vec![Questions::Slug]),
            ("ix_questions_state_created_at", vec![Questions::State, Questions::CreatedAt]),
            ("ix_questions_account_id_contact_id", vec![Questions::AccountId, Questions::ContactId]),
        ] {
            let mut index = Index::create().name(name).table(Questions::Table).to_owned();
            for column in columns {
                index.col(column);
            }
            schema.create_index(index).await?;
        }
        schema.create_table(replies()).await?;
        let by_author = Index::create()
            .name("ix_replies_author_id")
            .table(Replies::Table)
            .col(Replies::AuthorId)
            .to_owned();
        schema.create_index(by_author).await?;
        schema.create_table(marks()).await?;
        schema.create_table(follows()).await?;
        schema.create_table(reports()).await?;
        schema.create_table(bans()).await?;
        schema.create_table(acts()).await?;
        schema.create_table(drafts()).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(QuestionDrafts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(CommunityActs::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(CommunityBans::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(QuestionReports::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(QuestionFollows::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(UsefulMarks::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Replies::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(Questions::Table).to_owned()).await
    }
}

fn questions() -> TableCreateStatement {
    Table::create()
        .table(Questions::Table)
        .col(uuid(Questions::AccountId))
        .col(uuid(Questions::Id))
        .col(uuid(Questions::ContactId))
        .col(text(Questions::Slug))
        .col(text(Questions::Title))
        .col(text(Questions::Details))
        .col(text_null(Questions::Product))
        .col(text_null(Questions::Trade))
        .col(text_null(Questions::Size))
        .col(text_null(Questions::Country))
        .col(text_null(Questions::Region))
        .col(text_null(Questions::Problem))
        .col(text_null(Questions::Level))
        .col(text(Questions::Language))
        .col(text(Questions::AskedOf))
        .col(text(Questions::State))
        .col(text_null(Questions::Held))
        .col(text_null(Questions::HiddenWhy))
        .col(uuid_null(Questions::AcceptedReply))
        .col(text_null(Questions::MergedInto))
        .col(boolean(Questions::FirstPost))
        .col(integer(Questions::ReplyCount))
        .col(timestamp_with_time_zone_null(Questions::FirstReplyAt))
        .col(timestamp_with_time_zone(Questions::CreatedAt))
        .col(timestamp_with_time_zone(Questions::UpdatedAt))
        .primary_key(Index::create().col(Questions::AccountId).col(Questions::Id))
        .to_owned()
}

fn replies() -> TableCreateStatement {
    Table::create()
        .table(Replies::Table)
        .col(uuid(Replies::AccountId))
        .col(uuid(Replies::QuestionId))
        .col(uuid(Replies::Id))
        .col(text(Replies::Author))
        .col(uuid_null(Replies::AuthorAccountId))
        .col(uuid(Replies::AuthorId))
        .col(text_null(Replies::AuthorName))
        .col(text_null(Replies::Badge))
        .col(text_null(Replies::Trade))
        .col(text_null(Replies::Size))
        .col(text(Replies::Body))
        .col(text_null(Replies::Held))
        .col(text_null(Replies::HiddenWhy))
        .col(boolean(Replies::FirstPost))
        .col(timestamp_with_time_zone(Replies::At))
        .primary_key(Index::create().col(Replies::AccountId).col(Replies::QuestionId).col(Replies::Id))
        .to_owned()
}

fn marks() -> TableCreateStatement {
    Table::create()
        .table(UsefulMarks::Table)
        .col(uuid(UsefulMarks::AccountId))
        .col(uuid(UsefulMarks::QuestionId))
        .col(uuid(UsefulMarks::ReplyId))
        .col(uuid(UsefulMarks::ContactId))
        .col(timestamp_with_time_zone(UsefulMarks::At))
        .primary_key(
            Index::create()
                .col(UsefulMarks::AccountId)
                .col(UsefulMarks::QuestionId)
                .col(UsefulMarks::ReplyId)
                .col(UsefulMarks::ContactId),
        )
        .to_owned()
}

fn follows() -> TableCreateStatement {
    Table::create()
        .table(QuestionFollows::Table)
        .col(uuid(QuestionFollows::AccountId))
        .col(uuid(QuestionFollows::QuestionId))
        .col(uuid(QuestionFollows::ContactId))
        .col(timestamp_with_time_zone(QuestionFollows::At))
        .primary_key(
            Index::create()
                .col(QuestionFollows::AccountId)
                .col(QuestionFollows::QuestionId)
                .col(QuestionFollows::ContactId),
        )
        .to_owned()
}

fn reports() -> TableCreateStatement {
    Table::create()
        .table(QuestionReports::Table)
        .col(uuid(QuestionReports::AccountId))
        .col(uuid(QuestionReports::Id))
        .col(uuid(QuestionReports::QuestionId))
        .col(uuid_null(QuestionReports::ReplyId))
        .col(uuid_null(QuestionReports::ContactId))
        .col(text(QuestionReports::Why))
        .col(timestamp_with_time_zone(QuestionReports::At))
        .col(timestamp_with_time_zone_null(QuestionReports::SettledAt))
        .primary_key(Index::create().col(QuestionReports::AccountId).col(QuestionReports::Id))
        .to_owned()
}

fn bans() -> TableCreateStatement {
    Table::create()
        .table(CommunityBans::Table)
        .col(uuid(CommunityBans::AccountId))
        .col(uuid(CommunityBans::ContactId))
        .col(timestamp_with_time_zone(CommunityBans::Since))
        .col(timestamp_with_time_zone_null(CommunityBans::LiftedAt))
        .primary_key(Index::create().col(CommunityBans::AccountId).col(CommunityBans::ContactId))
        .to_owned()
}

fn acts() -> TableCreateStatement {
    Table::create()
        .table(CommunityActs::Table)
        .col(uuid(CommunityActs::AccountId))
        .col(uuid(CommunityActs::Id))
        .col(uuid(CommunityActs::QuestionId))
        .col(uuid_null(CommunityActs::ReplyId))
        .col(uuid(CommunityActs::StaffId))
        .col(text(CommunityActs::Act))
        .col(text(CommunityActs::Why))
        .col(timestamp_with_time_zone(CommunityActs::At))
        .primary_key(Index::create().col(CommunityActs::AccountId).col(CommunityActs::Id))
        .to_owned()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table(QuestionDrafts::Table)
        .col(binary(QuestionDrafts::BrowserHash).primary_key())
        .col(json_binary(QuestionDrafts::Words))
        .col(timestamp_with_time_zone(QuestionDrafts::UpdatedAt))
        .to_owned()
}

#[derive(DeriveIden)]
enum Questions {
    Table,
    AccountId,
    Id,
    ContactId,
    Slug,
    Title,
    Details,
    Product,
    Trade,
    Size,
    Country,
    Region,
    Problem,
    Level,
    Language,
    AskedOf,
    State,
    Held,
    HiddenWhy,
    AcceptedReply,
    MergedInto,
    FirstPost,
    ReplyCount,
    FirstReplyAt,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Replies {
    Table,
    AccountId,
    QuestionId,
    Id,
    Author,
    AuthorAccountId,
    AuthorId,
    AuthorName,
    Badge,
    Trade,
    Size,
    Body,
    Held,
    HiddenWhy,
    FirstPost,
    At,
}

#[derive(DeriveIden)]
enum UsefulMarks {
    Table,
    AccountId,
    QuestionId,
    ReplyId,
    ContactId,
    At,
}

#[derive(DeriveIden)]
enum QuestionFollows {
    Table,
    AccountId,
    QuestionId,
    ContactId,
    At,
}

#[derive(DeriveIden)]
enum QuestionReports {
    Table,
    AccountId,
    Id,
    QuestionId,
    ReplyId,
    ContactId,
    Why,
    At,
    SettledAt,
}

#[derive(DeriveIden)]
enum CommunityBans {
    Table,
    AccountId,
    ContactId,
    Since,
    LiftedAt,
}

#[derive(DeriveIden)]
enum CommunityActs {
    Table,
    AccountId,
    Id,
    QuestionId,
    ReplyId,
    StaffId,
    Act,
    Why,
    At,
}

#[derive(DeriveIden)]
enum QuestionDrafts {
    Table,
    BrowserHash,
    Words,
    UpdatedAt,
}
