//! Pictures in questions: one to a question, and those that wait for theirs to be posted.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, binary_null, integer, text, text_null, timestamp_with_time_zone, uuid, uuid_null},
};

/// Pictures in questions: one to a question, and those that wait for theirs to be posted.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.create_table(pictures()).await?;
        let one_a_question = Index::create()
            .name("ux_question_pictures_account_id_question_id")
            .table(QuestionPictures::Table)
            .col(QuestionPictures::AccountId)
            .col(QuestionPictures::QuestionId)
            .unique()
            .to_owned();
        schema.create_index(one_a_question).await?;
        let by_id = Index::create()
            .name("ix_question_pictures_id")
            .table(QuestionPictures::Table)
            .col(QuestionPictures::Id)
            .to_owned();
        schema.create_index(by_id).await?;
        schema.create_table(drafts()).await?;
        let by_age = Index::create()
            .name("ix_picture_drafts_at")
            .table(PictureDrafts::Table)
            .col(PictureDrafts::At)
            .to_owned();
        schema.create_index(by_age).await?;
        let by_contact = Index::create()
            .name("ix_picture_drafts_contact_id")
            .table(PictureDrafts::Table)
            .col(PictureDrafts::ContactId)
            .to_owned();
        schema.create_index(by_contact).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        schema.drop_table(Table::drop().table(PictureDrafts::Table).to_owned()).await?;
        schema.drop_table(Table::drop().table(QuestionPictures::Table).to_owned()).await
    }
}

fn pictures() -> TableCreateStatement {
    Table::create()
        .table(QuestionPictures::Table)
        .col(uuid(QuestionPictures::AccountId))
        .col(uuid(QuestionPictures::Id))
        .col(uuid(QuestionPictures::QuestionId))
        .col(uuid(QuestionPictures::ContactId))
        .col(text(QuestionPictures::Alt))
        .col(binary(QuestionPictures::Bytes))
        .col(integer(QuestionPictures::Width))
        .col(integer(QuestionPictures::Height))
        .col(text(QuestionPictures::Hash))
        .col(text_null(QuestionPictures::HiddenWhy))
        .col(timestamp_with_time_zone(QuestionPictures::At))
        .primary_key(Index::create().col(QuestionPictures::AccountId).col(QuestionPictures::Id))
        .to_owned()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table(PictureDrafts::Table)
        .col(uuid(PictureDrafts::Id).primary_key())
        .col(uuid_null(PictureDrafts::ContactId))
        .col(binary_null(PictureDrafts::BrowserHash))
        .col(binary(PictureDrafts::Bytes))
        .col(integer(PictureDrafts::Width))
        .col(integer(PictureDrafts::Height))
        .col(text(PictureDrafts::Hash))
        .col(timestamp_with_time_zone(PictureDrafts::At))
        .to_owned()
}

#[derive(DeriveIden)]
enum QuestionPictures {
    Table,
    AccountId,
    Id,
    QuestionId,
    ContactId,
    Alt,
    Bytes,
    Width,
    Height,
    Hash,
    HiddenWhy,
    At,
}

#[derive(DeriveIden)]
enum PictureDrafts {
    Table,
    Id,
    ContactId,
    BrowserHash,
    Bytes,
    Width,
    Height,
    Hash,
    At,
}
