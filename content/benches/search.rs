//! How long a search takes among ten thousand documents, made from the starter library by a seed.
//!
//! `cargo bench -p content --bench search` prints how long the index takes to build, what it takes of memory,
//! the middle and the 95th of 100 for 500 questions, and fails when the latter is 20 ms or more.

use std::time::{Duration, Instant};

use content::{
    Catalogue, Words,
    search::{Asked, Document, SearchIndex},
    starter_words,
};

const DOCUMENTS: usize = 10_000;
const QUESTIONS: usize = 500;
const BOUND: Duration = Duration::from_millis(20);

fn main() {
    let mut chance = Chance(20_261_124);
    let library = content::Library::embedded();
    let documents = varied(&library.catalogue, &mut chance);
    let questions = questions(&library.catalogue, &library.words, &mut chance);
    let before = resident();
    let index = SearchIndex::new(&starter_words()).expect("an empty index can be made");
    let began = Instant::now();
    let changed = documents[0].clone();
    index.follow(documents.iter().cloned()).expect("the documents can be written");
    println!("{} documents written in {:.1?}", index.len(), began.elapsed());
    println!("memory: {} MB more than before, with the documents themselves", (resident() - before) / 1024);

    let mut all = documents;
    all[0] = Document { title: "A single change".to_owned(), ..changed };
    let began = Instant::now();
    index.follow(all).expect("one document can be written");
    println!("one change among them is found after {:.1?}", began.elapsed());

    let (mut took, mut found, mut put_right) = (Vec::new(), 0, 0);
    for text in &questions {
        let asked = Asked { text: text.clone(), language: "en".to_owned(), ..Asked::default() };
        let began = Instant::now();
        let answer = index.find(&asked).expect("the index can be read");
        took.push(began.elapsed());
        found += usize::from(answer.total > 0);
        put_right += usize::from(answer.instead.is_some());
    }
    report("searches", &mut took);
    println!("{found} of {QUESTIONS} found something, {put_right} were spelled anew");
    let slow = took[QUESTIONS * 95 / 100];

    let mut took: Vec<_> = questions.iter().map(|text| suggested(&index, text)).collect();
    report("suggestions", &mut took);
    assert!(slow < BOUND, "the 95th of 100 searches took {slow:.1?}, {BOUND:?} at most");
}

fn suggested(index: &SearchIndex, text: &str) -> Duration {
    let typed: String = text.chars().take(4).collect();
    let began = Instant::now();
    std::hint::black_box(index.suggest(&typed, "en"));
    began.elapsed()
}

fn report(what: &str, took: &mut [Duration]) {
    took.sort();
    let at = |hundredth: usize| took[took.len() * hundredth / 100];
    println!("{what}: p50 {:.2?}, p95 {:.2?}, slowest {:.2?}", at(50), at(95), took[took.len() - 1]);
}

/// The library's items over and over, with sentences of one in another and a number of their own.
fn varied(catalogue: &Catalogue, chance: &mut Chance) -> Vec<Document> {
    let items: Vec<Document> = catalogue.iter().map(Document::from).collect();
    let lines: Vec<&str> = items.iter().flat_map(|item| item.body.lines()).collect();
    let made = |number: usize| {
        let item = &items[number % items.len()];
        let own = item.body.lines().map(|line| if chance.below(3) == 0 { chance.one(&lines) } else { line });
        let body = own.collect::<Vec<_>>().join("\n");
        let title = format!("{}: case {number}", item.title);
        Document { path: format!("{}-{number}", item.path), title, body, ..item.clone() }
    };
    (0..DOCUMENTS).map(made).collect()
}

/// Words from titles, symptoms and the customers' phrases, one in four with a letter wrong.
fn questions(catalogue: &Catalogue, words: &Words, chance: &mut Chance) -> Vec<String> {
    let titles = catalogue.iter().map(|item| item.title.clone());
    let symptoms = catalogue.iter().filter_map(|item| item.symptom.clone());
    let lay = words.iter().map(|(lay, _)| format!("my {lay}"));
    let said: Vec<String> = titles.chain(symptoms).chain(lay).collect();
    let asked = |number: usize| {
        let whole = chance.one(&said).clone();
        let words: Vec<&str> = whole.split_whitespace().collect();
        let length = 2 + chance.below(5);
        let begin = chance.below(words.len().saturating_sub(length) + 1);
        let text = words[begin..words.len().min(begin + length)].join(" ");
        if number.is_multiple_of(4) { mistyped(&text, chance) } else { text }
    };
    (0..QUESTIONS).map(asked).collect()
}

/// Two letters of the longest word in the wrong order.
fn mistyped(text: &str, chance: &mut Chance) -> String {
    let longest = text.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    if letters.len() > 4 {
        let at = 1 + chance.below(letters.len() - 3);
        letters.swap(at, at + 1);
    }
    text.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}

/// What this process holds in memory, in kilobytes; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// Numbers that look random and are the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("31 bits fit") % bound.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
