//! The kinds of files, each with its fields, its admission and its keeping.

pub(super) mod accounts;
pub(super) mod asks;
pub(super) mod contacts;
pub(super) mod events;
pub(super) mod leads;
pub(super) mod licences;
pub(super) mod partners;
pub(super) mod products;
pub(super) mod renewals;
pub(super) mod usage;
