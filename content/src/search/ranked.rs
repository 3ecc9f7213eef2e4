//! Runs a query: the best documents, and how many there are of each kind.

use tantivy::{
    DocId, Score, Searcher, SegmentReader, TantivyDocument,
    collector::{Collector, SegmentCollector, TopDocs},
    columnar::Column,
    query::Query,
    schema::Value,
};

use super::{SearchError, document::SearchKind, fields::Fields};

/// The best documents, and how many there are of each kind.
#[derive(Debug)]
pub(super) struct Ranked {
    pub paths: Vec<String>,
    pub counts: Vec<(SearchKind, usize)>,
}

/// Runs the query once for both.
pub(super) fn run(
    searcher: &Searcher,
    query: &dyn Query,
    fields: &Fields,
    limit: usize,
    skip: usize,
) -> Result<Ranked, SearchError> {
    let best = TopDocs::with_limit(limit).and_offset(skip).order_by_score();
    let (best, counted) = searcher.search(query, &(best, ByKind))?;
    let mut paths = Vec::with_capacity(best.len());
    for (_, at) in best {
        let row: TantivyDocument = searcher.doc(at)?;
        paths.extend(row.get_first(fields.path).and_then(|path| path.as_str().map(ToOwned::to_owned)));
    }
    Ok(Ranked { paths, counts: SearchKind::ALL.into_iter().zip(counted).collect() })
}

/// None of any kind.
pub(super) fn none() -> Vec<(SearchKind, usize)> {
    SearchKind::ALL.map(|kind| (kind, 0)).into()
}

type Counts = [usize; SearchKind::ALL.len()];

struct ByKind;

struct ByKindHere {
    kinds: Column<u64>,
    counts: Counts,
}

impl Collector for ByKind {
    type Fruit = Counts;
    type Child = ByKindHere;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<ByKindHere> {
        Ok(ByKindHere { kinds: segment.fast_fields().u64("kind")?, counts: Counts::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut sum = Counts::default();
        for part in parts {
            sum.iter_mut().zip(part).for_each(|(sum, count)| *sum += count);
        }
        Ok(sum)
    }
}

impl SegmentCollector for ByKindHere {
    type Fruit = Counts;

    fn collect(&mut self, document: DocId, _: Score) {
        let kind = self.kinds.first(document).and_then(|kind| usize::try_from(kind).ok());
        if let Some(count) = kind.and_then(|kind| self.counts.get_mut(kind)) {
            *count += 1;
        }
    }

    fn harvest(self) -> Counts {
        self.counts
    }
}
