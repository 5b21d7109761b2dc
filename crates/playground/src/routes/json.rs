//! A JSON array of orders of any size, in constant memory and at the speed of copying.
//!
//! A thousand orders are written once for each seed and layout. They repeat for as long as needed;
//! only their ids, which all have eight digits, are written anew.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use serde_json::{Value, json};

use super::payload::SEED;
use super::sizes::size;
use crate::answer::{Outcome, typed};
use crate::call::Call;
use crate::content::{Content, Source};
use crate::noise::Dice;

/// Orders in a template.
const ORDERS: u64 = 1000;
/// Orders handed to the socket at once; divides `ORDERS`.
const BATCH: u64 = 200;
/// The first id. Eight digits last for 20 GB.
const FIRST_ID: u64 = 10_000_000;
const ID_DIGITS: usize = 8;
/// Pieces kept for use again; more than hyper holds unsent at once.
const SHELF: usize = 20;
/// Templates kept for seeds asked for before.
const KEPT: usize = 8;

pub(crate) fn json(call: &Call) -> Outcome {
    let size = size(call.text(1))?;
    let seed = call.number("seed", SEED, u64::MAX)?;
    let template = call.site.templates.get(seed, call.flag("pretty"));
    let orders = template.orders_within(size);
    let content = if orders == 0 {
        Content::Whole(Bytes::from_static(b"[]\n"))
    } else {
        Content::Made(Box::new(Orders::new(template, orders)))
    };
    Ok(typed("application/json", content))
}

type Known = (u64, bool, Arc<Template>);

/// Templates by seed and layout.
#[derive(Default)]
pub(crate) struct Templates(Mutex<Vec<Known>>);

impl Templates {
    fn get(&self, seed: u64, pretty: bool) -> Arc<Template> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().find(|(s, p, _)| (*s, *p) == (seed, pretty));
        if let Some((_, _, template)) = known {
            return template.clone();
        }
        let template = Arc::new(Template::new(seed, pretty));
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((seed, pretty, template.clone()));
        template
    }
}

struct Template {
    opening: &'static str,
    separator: &'static str,
    closing: &'static str,
    /// The orders, each with a separator after it.
    text: Vec<u8>,
    /// Where each order starts, and the end of the last.
    starts: Vec<usize>,
    /// From an order's start to its id.
    to_id: usize,
}

impl Template {
    fn new(seed: u64, pretty: bool) -> Self {
        let (opening, separator, closing, to_id) = if pretty {
            ("[\n  ", ",\n  ", "\n]\n", "{\n    \"id\": ".len())
        } else {
            ("[", ",", "]", "{\"id\":".len())
        };
        let mut dice = Dice(seed);
        let mut text = Vec::new();
        let mut starts = vec![0];
        for _ in 0..ORDERS {
            let order = order(&mut dice);
            if pretty {
                let nested = format!("{order:#}").replace('\n', "\n  ");
                text.extend_from_slice(nested.as_bytes());
            } else {
                text.extend_from_slice(order.to_string().as_bytes());
            }
            text.extend_from_slice(separator.as_bytes());
            starts.push(text.len());
        }
        Self { opening, separator, closing, text, starts, to_id }
    }

    fn start(&self, order: u64) -> usize {
        usize::try_from(order)
            .ok()
            .and_then(|order| self.starts.get(order).copied())
            .unwrap_or(self.text.len())
    }

    /// What surrounds the orders.
    fn frame(&self) -> u64 {
        (self.opening.len() + self.closing.len()) as u64
    }

    /// The length of a document of this many orders, at least one.
    fn length(&self, orders: u64) -> u64 {
        let whole = (orders / ORDERS) * self.text.len() as u64;
        whole + self.start(orders % ORDERS) as u64 + self.frame() - self.separator.len() as u64
    }

    /// The largest number of orders that stays within a size.
    fn orders_within(&self, size: u64) -> u64 {
        let room = (size + self.separator.len() as u64).saturating_sub(self.frame());
        let whole = room / self.text.len() as u64;
        let rest = usize::try_from(room % self.text.len() as u64).unwrap_or_default();
        let more = self.starts.partition_point(|start| *start <= rest) - 1;
        whole * ORDERS + more as u64
    }
}

/// A document on its way.
struct Orders {
    template: Arc<Template>,
    opened: bool,
    next: u64,
    count: u64,
    remaining: u64,
    /// Pieces handed out, by their first order in the template. One that has been sent needs only
    /// new ids to be sent again.
    shelf: Vec<(u64, Bytes)>,
}

impl Orders {
    fn new(template: Arc<Template>, count: u64) -> Self {
        let remaining = template.length(count);
        Self { template, opened: false, next: 0, count, remaining, shelf: Vec::new() }
    }

    /// The orders `from..to`, which lie in one batch.
    fn batch(&mut self, from: u64, to: u64) -> BytesMut {
        let template = &*self.template;
        let first = from % ORDERS;
        let (start, end) = (template.start(first), template.start(first + (to - from)));
        let mut piece = self
            .sent_before(first, end - start)
            .unwrap_or_else(|| BytesMut::from(&self.template.text[start..end]));
        for id in from..to {
            let order = self.template.start(first + (id - from)) - start;
            let at = order + self.template.to_id;
            write_id(&mut piece[at..at + ID_DIGITS], FIRST_ID + id);
        }
        piece
    }

    fn sent_before(&mut self, first: u64, length: usize) -> Option<BytesMut> {
        let fits = |(known, piece): &(u64, Bytes)| {
            *known == first && piece.len() == length && piece.is_unique()
        };
        let index = self.shelf.iter().position(fits)?;
        self.shelf.swap_remove(index).1.try_into_mut().ok()
    }
}

impl Source for Orders {
    fn next(&mut self) -> Option<Bytes> {
        if !self.opened {
            self.opened = true;
            self.remaining -= self.template.opening.len() as u64;
            return Some(Bytes::from_static(self.template.opening.as_bytes()));
        }
        if self.next >= self.count {
            return None;
        }
        let from = self.next;
        let to = self.count.min(from - from % BATCH + BATCH);
        let mut piece = self.batch(from, to);
        if to == self.count {
            piece.truncate(piece.len() - self.template.separator.len());
            piece.extend_from_slice(self.template.closing.as_bytes());
        }
        let piece = piece.freeze();
        if self.shelf.len() < SHELF {
            self.shelf.push((from % ORDERS, piece.clone()));
        }
        self.next = to;
        self.remaining = self.remaining.saturating_sub(piece.len() as u64);
        Some(piece)
    }

    fn remaining(&self) -> u64 {
        self.remaining
    }
}

fn write_id(digits: &mut [u8], mut id: u64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(id % 10).unwrap_or_default();
        id /= 10;
    }
}

const NAMES: &[&str] = &[
    "Ada Lovelace",
    "Zoë Müller",
    "李小龙",
    "Björk Jónsdóttir",
    "Łukasz Nowak",
    "Amina Diallo",
    "José \"Pepe\" García",
    "O'Brien & Sons",
    "سارة حداد",
    "Grace Hopper",
];
const CITIES: &[&str] = &["Lisbon", "Zürich", "São Paulo", "Kraków", "東京", "Nairobi", "Oslo"];
const STATUSES: &[&str] = &["new", "paid", "packed", "shipped", "delivered", "returned"];
const GOODS: &[&str] = &[
    "Teapot, stoneware",
    "Notebook A5",
    "Fountain pen \u{2116}3",
    "Desk lamp",
    "Wool blanket",
    "Coffee mill",
    "Field kettle 1.5 l",
    "Ink, blue\\black",
];

fn order(dice: &mut Dice) -> Value {
    let lines: Vec<Value> = (0..=dice.below(2))
        .map(|_| {
            json!({
                "sku": format!("SKU-{:05}", dice.below(100_000)),
                "name": dice.pick(GOODS),
                "quantity": 1 + dice.below(9),
                "price": cents(dice.below(20_000)),
            })
        })
        .collect();
    json!({
        "id": FIRST_ID,
        "status": dice.pick(STATUSES),
        "createdAt": format!(
            "2025-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            1 + dice.below(12), 1 + dice.below(28), dice.below(24), dice.below(60), dice.below(60)
        ),
        "customer": {
            "name": dice.pick(NAMES),
            "city": dice.pick(CITIES),
            "vip": dice.below(10) == 0,
        },
        "lines": lines,
        "total": cents(dice.below(100_000)),
        "note": if dice.below(4) == 0 { Value::from("Leave with the neighbour \u{1F33F}") } else { Value::Null },
    })
}

fn cents(cents: u64) -> Value {
    let euros = f64::from(u32::try_from(cents).unwrap_or_default()) / 100.0;
    Value::from(euros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(size: u64, pretty: bool) -> (u64, Vec<u8>) {
        let template = Arc::new(Template::new(7, pretty));
        let count = template.orders_within(size);
        let mut orders = Orders::new(template, count);
        let length = orders.remaining();
        let mut text = Vec::new();
        while let Some(piece) = orders.next() {
            text.extend_from_slice(&piece);
        }
        assert_eq!(orders.remaining(), 0);
        (length, text)
    }

    #[test]
    fn the_announced_length_is_the_length_and_the_json_is_valid() {
        for pretty in [false, true] {
            for size in [1_000, 64_000, 350_000, 3_000_000] {
                let (length, text) = document(size, pretty);
                assert_eq!(length, text.len() as u64);
                assert!(length <= size && length + 1_000 > size, "{length} of {size}");
                let orders: Vec<Value> = serde_json::from_slice(&text).expect("valid JSON");
                for (index, order) in orders.iter().enumerate() {
                    assert_eq!(order["id"], FIRST_ID + index as u64);
                }
            }
        }
    }
}
