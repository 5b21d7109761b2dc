//! What stands for something abstract.

use super::super::schemas::Declared;
use super::super::xml::Name;
use super::{CHAIN, Sampler};

/// Elements or types that are looked at to find one for an abstract one.
const MEMBERS: usize = 50;

impl<'d> Sampler<'d> {
    /// An element that may stand for an abstract one.
    pub(super) fn substitute(&self, head: &Name) -> Option<(Name, Declared<'d>)> {
        let mut open = vec![head.clone()];
        for _ in 0..CHAIN {
            let name = open.pop()?;
            for member in self.schemas.substitutes.get(&name).into_iter().flatten().take(MEMBERS) {
                let found = self.schemas.elements.get(member)?;
                if found.element.text_of("abstract") != "true" {
                    return Some((member.clone(), found));
                }
                open.push(member.clone());
            }
        }
        None
    }

    /// A type that is made from an abstract one and is not abstract itself.
    pub(super) fn concrete(&self, name: &Name) -> Option<(Name, Declared<'d>)> {
        let mut open = std::collections::VecDeque::from([name.clone()]);
        for _ in 0..CHAIN {
            let name = open.pop_front()?;
            for derived in self.schemas.derived.get(&name).into_iter().flatten().take(MEMBERS) {
                let found = self.schemas.types.get(derived)?;
                if found.element.text_of("abstract") != "true" {
                    return Some((derived.clone(), found));
                }
                open.push_back(derived.clone());
            }
        }
        None
    }
}
