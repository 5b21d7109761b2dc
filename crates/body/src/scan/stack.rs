//! The containers that are open, one bit each.

use super::Resume;

/// A stack of arrays and objects. One that was resumed knows the innermost 64 levels only.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stack {
    /// Levels below, of which only the number is known.
    below: u32,
    known: u32,
    words: Vec<u64>,
}

impl Stack {
    pub(crate) fn resume(resume: Resume) -> Self {
        let known = resume.depth.min(64);
        Self { below: resume.depth - known, known, words: vec![resume.bits] }
    }

    pub(crate) fn depth(&self) -> u32 {
        self.below + self.known
    }

    #[inline]
    pub(crate) fn push(&mut self, object: bool) {
        let (word, bit) = ((self.known / 64) as usize, self.known % 64);
        if word == self.words.len() {
            self.words.push(0);
        }
        let word = &mut self.words[word];
        *word = *word & !(1 << bit) | (u64::from(object) << bit);
        self.known += 1;
    }

    #[inline]
    pub(crate) fn pop(&mut self) {
        if self.known > 0 {
            self.known -= 1;
        } else {
            self.below = self.below.saturating_sub(1);
        }
    }

    /// Whether the innermost container is an object; `None` when that is not known or none is open.
    #[inline]
    pub(crate) fn is_object(&self) -> Option<bool> {
        let top = self.known.checked_sub(1)?;
        Some(self.words[(top / 64) as usize] >> (top % 64) & 1 == 1)
    }

    /// The innermost 64 levels, the innermost in the highest bit that is used.
    pub(crate) fn innermost(&self) -> u64 {
        let first = self.known.saturating_sub(64);
        let (word, shift) = ((first / 64) as usize, first % 64);
        let low = self.words.get(word).copied().unwrap_or(0) >> shift;
        let high = self.words.get(word + 1).copied().unwrap_or(0);
        if shift == 0 { low } else { low | high << (64 - shift) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resumed_stack_knows_the_innermost_levels() {
        let mut stack = Stack::default();
        for level in 0..150 {
            stack.push(level % 3 == 0);
        }
        let mut resumed =
            Stack::resume(Resume { depth: stack.depth(), mode: 0, bits: stack.innermost() });
        for _ in 0..64 {
            assert_eq!(resumed.is_object(), stack.is_object());
            stack.pop();
            resumed.pop();
        }
        assert_eq!(resumed.is_object(), None);
        assert_eq!(resumed.depth(), 86);
    }
}
