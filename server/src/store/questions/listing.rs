//! Lists of questions: which of them, in what order, page by page.

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Order, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use segments::{Level, SizeBand};
use uuid::Uuid;

use super::{Question, State, public, read};
use crate::store::entities::question::{Column, Entity};

/// Questions on a page.
pub const PAGE: u64 = 20;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Everything, what is nearest to the reader first.
    ForMe,
    /// What nobody has answered and this person did not ask.
    Help(Option<Uuid>),
    /// What is solved.
    Solved,
    /// What this person of this account asked, whatever became of it.
    Mine(Uuid, Uuid),
}

/// What a question has to have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginning of the NAICS code of the company; figures only.
    pub trade: Option<String>,
    /// Its size.
    pub size: Option<SizeBand>,
    /// Its country, and its region where one is asked for.
    pub place: Option<(String, Option<String>)>,
    /// The product.
    pub product: Option<String>,
    /// The fix whose problem it is.
    pub problem: Option<String>,
    /// How sure of themselves who asked is.
    pub level: Option<Level>,
}

/// What brings a question near to a reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Sector of their company: the first two figures of its NAICS code.
    pub sector: Option<String>,
    /// Its size.
    pub size: Option<SizeBand>,
    /// What it has.
    pub products: Vec<String>,
    /// How sure of themselves they are.
    pub level: Option<Level>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub tab: Tab,
    /// What a question has to have.
    pub filter: Filter,
    /// Whom to be near to; without anybody the newest stand first.
    pub near: Option<Likeness>,
    /// The page, from 1.
    pub page: u64,
}

/// One page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The questions.
    pub questions: Vec<Question>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A page of a list.
pub async fn list(db: &impl ConnectionTrait, wanted: &Wanted) -> Result<Listed, DbErr> {
    let which = match wanted.tab {
        Tab::ForMe => public(),
        Tab::Help(reader) => public()
            .add(Column::State.eq(State::Open.word()))
            .add_option(reader.map(|reader| Column::ContactId.ne(reader))),
        Tab::Solved => public().add(Column::State.eq(State::Solved.word())),
        Tab::Mine(account, contact) => {
            Condition::all().add(Column::AccountId.eq(account)).add(Column::ContactId.eq(contact))
        }
    };
    let all = Entity::find().filter(which.add(asked_for(&wanted.filter)));
    let total = all.clone().count(db).await?;
    let waiting = matches!(wanted.tab, Tab::Help(_));
    let mut ordered = all;
    if waiting {
        ordered = ordered.order_by_desc(Column::FirstPost);
    }
    if let Some(near) = &wanted.near {
        ordered = ordered.order_by(nearness(near), Order::Desc);
    }
    let by_time = if waiting { Order::Asc } else { Order::Desc };
    let rows = ordered
        .order_by(Column::CreatedAt, by_time)
        .order_by_desc(Column::Id)
        .offset(wanted.page.saturating_sub(1) * PAGE)
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(Listed { questions: rows.into_iter().map(read).collect::<Result<_, _>>()?, total })
}

/// What a page is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Codes of its products.
    pub products: &'a [String],
    /// Slugs of the fixes that belong to it.
    pub problems: &'a [&'a str],
    /// Slugs of the fixes that help with the same.
    pub akin: &'a [&'a str],
}

/// What everybody may read about this: those with its problem first, then what is solved, then the newest.
pub async fn about(db: &impl ConnectionTrait, subject: Subject<'_>, limit: u64) -> Result<Listed, DbErr> {
    let problem = Column::Problem.is_in(subject.problems.iter().copied());
    let product = Column::Product.is_in(subject.products.iter().map(String::as_str));
    let akin = Column::Problem.is_in(subject.akin.iter().copied());
    let either = Condition::any().add(problem.clone()).add(product).add(akin);
    let all = Entity::find().filter(public().add(either));
    let total = all.clone().count(db).await?;
    let solved = points(Column::State.eq(State::Solved.word()), 2);
    let answered = points(Column::State.eq(State::Answered.word()), 1);
    let rows = all
        .order_by(points(problem, 4).add(solved).add(answered), Order::Desc)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok(Listed { questions: rows.into_iter().map(read).collect::<Result<_, _>>()?, total })
}

fn asked_for(filter: &Filter) -> Condition {
    let (country, region) = filter.place.clone().unzip();
    Condition::all()
        .add_option(filter.trade.as_ref().map(|trade| Column::Trade.starts_with(trade)))
        .add_option(filter.size.map(|size| Column::Size.eq(size.as_str())))
        .add_option(country.map(|country| Column::Country.eq(country)))
        .add_option(region.flatten().map(|region| Column::Region.eq(region)))
        .add_option(filter.product.as_ref().map(|product| Column::Product.eq(product)))
        .add_option(filter.problem.as_ref().map(|problem| Column::Problem.eq(problem)))
        .add_option(filter.level.map(|level| Column::Level.eq(level.as_str())))
}

/// Points for what a question and a reader have in common.
fn nearness(near: &Likeness) -> SimpleExpr {
    let trade = near.sector.as_ref().map(|sector| points(Column::Trade.starts_with(sector), 4));
    let size = near.size.map(|size| points(Column::Size.eq(size.as_str()), 2));
    let products = (!near.products.is_empty())
        .then(|| points(Column::Product.is_in(near.products.iter().map(String::as_str)), 2));
    let level = near.level.map(|level| points(Column::Level.eq(level.as_str()), 1));
    let all = [trade, size, products, level].into_iter().flatten();
    all.fold(Expr::value(0), ExprTrait::add)
}

fn points(when: SimpleExpr, points: i32) -> SimpleExpr {
    CaseStatement::new().case(when, points).finally(0).into()
}

/// What the questions that everybody may read are about, to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InUse {
    /// NAICS codes.
    pub trades: Vec<String>,
    /// Size bands.
    pub sizes: Vec<String>,
    /// Countries with their regions.
    pub places: Vec<(String, Option<String>)>,
    /// Codes of products.
    pub products: Vec<String>,
    /// Slugs of fixes.
    pub problems: Vec<String>,
}

/// What there is to choose from now.
pub async fn in_use(db: &impl ConnectionTrait) -> Result<InUse, DbErr> {
    Ok(InUse {
        trades: values(db, Column::Trade).await?,
        sizes: values(db, Column::Size).await?,
        products: values(db, Column::Product).await?,
        problems: values(db, Column::Problem).await?,
        places: Entity::find()
            .select_only()
            .columns([Column::Country, Column::Region])
            .filter(public().add(Column::Country.is_not_null()))
            .distinct()
            .order_by_asc(Column::Country)
            .order_by_asc(Column::Region)
            .into_tuple()
            .all(db)
            .await?,
    })
}

async fn values(db: &impl ConnectionTrait, column: Column) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().select_only().column(column).filter(public().add(column.is_not_null()));
    rows.distinct().order_by_asc(column).into_tuple().all(db).await
}
