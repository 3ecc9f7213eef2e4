//! Pictures in questions: one to a question, and those that wait for theirs to be posted.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Condition, Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::picture_draft as draft;
use super::entities::question_picture::{self, Column, Entity};
use super::questions::Question;

/// A picture, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// JPEG, with nothing in it but what is seen.
    pub bytes: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Of the bytes.
    pub hash: String,
}

/// What is known of a picture without looking at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Identifier.
    pub id: Uuid,
    /// What it shows; empty while its question is not posted.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Of its bytes.
    pub hash: String,
    /// Why a moderator took it down.
    pub hidden_why: Option<String>,
}

/// Whose a picture is until its question is posted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// The person, when they are signed in.
    pub contact: Option<Uuid>,
    /// Hash of the secret in their browser.
    pub browser_hash: Option<Vec<u8>>,
}

impl Holder {
    /// Whether this picture is theirs: their own, or from before they signed in.
    fn is(&self, id: Uuid) -> Condition {
        let own = self.contact.map(|contact| draft::Column::ContactId.eq(contact));
        let before = self.browser_hash.clone().map(|hash| draft::Column::BrowserHash.eq(hash));
        let theirs = Condition::any().add_option(own).add_option(before);
        // Whoever is known by nothing has nothing.
        let theirs = if theirs.is_empty() { theirs.add(Expr::value(false)) } else { theirs };
        Condition::all().add(draft::Column::Id.eq(id)).add(theirs)
    }
}

/// Keeps a picture until its question is posted: of the person when they are signed in, of their browser otherwise.
pub async fn keep_draft(
    db: &impl ConnectionTrait,
    holder: &Holder,
    id: Uuid,
    ready: &Ready,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = draft::ActiveModel {
        id: Set(id),
        contact_id: Set(holder.contact),
        browser_hash: Set(holder.browser_hash.clone().filter(|_| holder.contact.is_none())),
        bytes: Set(ready.bytes.clone()),
        width: Set(signed(ready.width)),
        height: Set(signed(ready.height)),
        hash: Set(ready.hash.clone()),
        at: Set(now),
    };
    draft::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A picture of theirs that waits.
pub async fn draft(db: &impl ConnectionTrait, holder: &Holder, id: Uuid) -> Result<Option<Picture>, DbErr> {
    let row = draft::Entity::find()
        .select_only()
        .columns([draft::Column::Width, draft::Column::Height])
        .column(draft::Column::Hash)
        .filter(holder.is(id))
        .into_tuple::<(i32, i32, String)>()
        .one(db)
        .await?;
    Ok(row.map(|(width, height, hash)| Picture {
        id,
        alt: String::new(),
        width: width.unsigned_abs(),
        height: height.unsigned_abs(),
        hash,
        hidden_why: None,
    }))
}

/// Its bytes.
pub async fn draft_bytes(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Vec<u8>>, DbErr> {
    let bytes = draft::Entity::find_by_id(id).select_only().column(draft::Column::Bytes);
    bytes.into_tuple().one(db).await
}

/// It was looked at once more, and waits from now.
pub async fn touch_draft(
    db: &impl ConnectionTrait,
    holder: &Holder,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let touch = draft::Entity::update_many().col_expr(draft::Column::At, Expr::value(now));
    touch.filter(holder.is(id)).exec(db).await?;
    Ok(())
}

/// Forgets a picture of theirs that waits.
pub async fn drop_draft(db: &impl ConnectionTrait, holder: &Holder, id: Uuid) -> Result<(), DbErr> {
    draft::Entity::delete_many().filter(holder.is(id)).exec(db).await?;
    Ok(())
}

/// Forgets pictures that waited since before `before`; says how many.
pub async fn sweep_drafts(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let old = draft::Entity::delete_many().filter(draft::Column::At.lt(before));
    Ok(old.exec(db).await?.rows_affected)
}

/// Puts a picture that waited into its question, which has one at most; whether it is there now.
pub async fn post(
    db: &impl ConnectionTrait,
    one: &Question,
    id: Uuid,
    alt: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let Some(waiting) = draft::Entity::find_by_id(id).one(db).await? else { return Ok(false) };
    let row = question_picture::ActiveModel {
        account_id: Set(one.account),
        id: Set(id),
        question_id: Set(one.id),
        contact_id: Set(one.contact),
        alt: Set(alt.to_owned()),
        bytes: Set(waiting.bytes),
        width: Set(waiting.width),
        height: Set(waiting.height),
        hash: Set(waiting.hash),
        hidden_why: Set(None),
        at: Set(now),
    };
    let one_only = OnConflict::columns([Column::AccountId, Column::QuestionId]).do_nothing().to_owned();
    let posted = Entity::insert(row).on_conflict(one_only).exec_without_returning(db).await? == 1;
    draft::Entity::delete_by_id(id).exec(db).await?;
    Ok(posted)
}

/// What is known of a posted picture, as the store has it.
type Row = (Uuid, Uuid, Uuid, String, i32, i32, String, Option<String>);

async fn find(db: &impl ConnectionTrait, which: Condition) -> Result<Option<(Uuid, Uuid, Picture)>, DbErr> {
    let row = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::QuestionId, Column::Id, Column::Alt])
        .columns([Column::Width, Column::Height, Column::Hash, Column::HiddenWhy])
        .filter(which)
        .into_tuple::<Row>()
        .one(db)
        .await?;
    Ok(row.map(|(account, question, id, alt, width, height, hash, hidden_why)| {
        let (width, height) = (width.unsigned_abs(), height.unsigned_abs());
        (account, question, Picture { id, alt, width, height, hash, hidden_why })
    }))
}

/// The picture of a question.
pub async fn of_question(db: &impl ConnectionTrait, one: &Question) -> Result<Option<Picture>, DbErr> {
    let this = Condition::all().add(Column::AccountId.eq(one.account)).add(Column::QuestionId.eq(one.id));
    Ok(find(db, this).await?.map(|(.., picture)| picture))
}

/// A posted picture, with the account and the question that it belongs to.
pub async fn posted(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<(Uuid, Uuid, Picture)>, DbErr> {
    find(db, Condition::all().add(Column::Id.eq(id))).await
}

/// The bytes of a posted picture.
pub async fn bytes(db: &impl ConnectionTrait, account: Uuid, id: Uuid) -> Result<Option<Vec<u8>>, DbErr> {
    Entity::find_by_id((account, id)).select_only().column(Column::Bytes).into_tuple().one(db).await
}

/// Takes the picture of a question down for this reason, or puts it back; false when it is so already.
pub async fn hide(db: &impl ConnectionTrait, one: &Question, why: Option<&str>) -> Result<bool, DbErr> {
    let otherwise = match why {
        Some(_) => Column::HiddenWhy.is_null(),
        None => Column::HiddenWhy.is_not_null(),
    };
    let changed = Entity::update_many()
        .col_expr(Column::HiddenWhy, Expr::value(why.map(str::to_owned)))
        .filter(Column::AccountId.eq(one.account))
        .filter(Column::QuestionId.eq(one.id))
        .filter(otherwise)
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// A picture is far below 2^31 pixels wide.
fn signed(size: u32) -> i32 {
    i32::try_from(size).unwrap_or(i32::MAX)
}
