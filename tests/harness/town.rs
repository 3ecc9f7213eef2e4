//! A made-up town of small companies, as the files that a vendor would import.

use std::fmt::Write;

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their company.
    pub account: String,
    /// Their address.
    pub email: String,
    /// Purposes they consent to, `;` between.
    pub consent: String,
}

/// The companies and their people.
#[derive(Debug, Clone)]
pub struct Town {
    /// Everybody, in order of company.
    pub people: Vec<Person>,
}

impl Town {
    /// So many companies with so many people each, who have consented to nothing.
    pub fn of(companies: usize, people: usize) -> Self {
        let person = |company: usize, number: usize| Person {
            account: format!("acme-{company}"),
            email: format!("p{number}@acme-{company}.example"),
            consent: String::new(),
        };
        let everybody = |company| (0..people).map(move |number| person(company, number));
        Self { people: (0..companies).flat_map(everybody).collect() }
    }

    /// The same, and everybody allows training and nothing else.
    pub fn that_joined(companies: usize, people: usize) -> Self {
        let mut town = Self::of(companies, people);
        town.let_join("training", |_| true);
        town
    }

    /// Lets some people give their consent to these purposes.
    pub fn let_join(&mut self, purposes: &str, who: impl Fn(&Person) -> bool) {
        for person in self.people.iter_mut().filter(|person| who(person)) {
            purposes.clone_into(&mut person.consent);
        }
    }

    /// The file of companies.
    pub fn accounts(&self) -> String {
        let mut file = "external_id,name,domain,employees,industry,founded_on\n".to_owned();
        let mut before = "";
        for (number, person) in self.people.iter().enumerate() {
            let account = &person.account;
            if before != account {
                let employees = 5 + number % 40;
                writeln!(
                    file,
                    "{account},The {account} Company,{account}.example,{employees},238220,2015-04-01"
                )
                .expect("a string takes everything");
            }
            before = account;
        }
        file
    }

    /// The file of people, with the proof of what they consented to.
    pub fn contacts(&self) -> String {
        let mut file =
            "external_id,account,email,first_name,language,consent,consent_at,consent_source,consent_wording\n"
                .to_owned();
        for Person { account, email, consent } in &self.people {
            let proof = if consent.is_empty() {
                ",,,".to_owned()
            } else {
                format!("{consent},2026-01-05T09:00:00Z,join page,Yes to letters about {consent}")
            };
            writeln!(file, "{email},{account},{email},Jo,en,{proof}").expect("a string takes everything");
        }
        file
    }
}
