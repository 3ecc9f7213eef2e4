//! A sign-in link is bound to the browser that asked for it, or to a code; a session tells where it is open.

use sea_orm_migration::{
    prelude::*,
    schema::{binary_null, integer, text_null},
};

/// A sign-in link is bound to the browser that asked for it, or to a code; a session tells where it is open.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            binary_null(SignInLinks::BrowserHash),
            binary_null(SignInLinks::CodeHash),
            integer(SignInLinks::Tries).default(0).take(),
        ];
        for column in columns {
            let more = Table::alter().table(SignInLinks::Table).add_column(column).to_owned();
            schema.alter_table(more).await?;
        }
        let more = Table::alter().table(Sessions::Table).add_column(text_null(Sessions::Agent)).to_owned();
        schema.alter_table(more).await
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let fewer = Table::alter().table(Sessions::Table).drop_column(Sessions::Agent).to_owned();
        schema.alter_table(fewer).await?;
        for column in [SignInLinks::Tries, SignInLinks::CodeHash, SignInLinks::BrowserHash] {
            let fewer = Table::alter().table(SignInLinks::Table).drop_column(column).to_owned();
            schema.alter_table(fewer).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum SignInLinks {
    Table,
    BrowserHash,
    CodeHash,
    Tries,
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    Agent,
}
