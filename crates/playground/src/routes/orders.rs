//! A small order book in memory, to create, read, change and delete in.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::header::LOCATION;
use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Outcome, Refusal, empty, json_answer, set, with_status};
use crate::call::Call;

/// Orders kept at once.
const MOST: usize = 1000;
/// The largest order, in bytes.
const LARGEST: usize = 64 << 10;

type Order = Map<String, Value>;

struct Book {
    next: u64,
    orders: BTreeMap<u64, Order>,
}

/// Orders by id.
pub(crate) struct OrderBook(Mutex<Book>);

impl OrderBook {
    /// With three orders in it.
    pub(crate) fn new() -> Self {
        let mut book = Book { next: 1, orders: BTreeMap::new() };
        for (customer, item, quantity, status) in [
            ("Ada Lovelace", "Teapot, stoneware", 1, "shipped"),
            ("Grace Hopper", "Desk lamp", 2, "paid"),
            ("Zoë Müller", "Notebook A5", 12, "new"),
        ] {
            let order = json!({
                "customer": customer, "item": item, "quantity": quantity, "status": status,
                "createdAt": "2025-11-01T09:00:00Z",
            });
            if let Value::Object(order) = order {
                book.add(order);
            }
        }
        Self(Mutex::new(book))
    }

    fn open(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn add(&mut self, fields: Order) -> (u64, Order) {
        let id = self.next;
        self.next += 1;
        (id, self.put(id, fields))
    }

    /// The id in the path wins over one in the body.
    fn put(&mut self, id: u64, fields: Order) -> Order {
        let mut order = Order::new();
        order.insert("id".to_owned(), Value::from(id));
        order.extend(fields.into_iter().filter(|(name, _)| name != "id"));
        self.orders.insert(id, order.clone());
        order
    }
}

pub(crate) async fn orders(call: &mut Call) -> Outcome {
    if call.path.len() == 1 {
        if call.method == Method::POST {
            return create(call).await;
        }
        let orders: Vec<Order> = {
            let book = call.site.orders.open();
            let wanted = call.param("status");
            let fits = |order: &&Order| {
                wanted.is_none_or(|wanted| order.get("status") == Some(&Value::from(wanted)))
            };
            book.orders.values().filter(fits).cloned().collect()
        };
        return Ok(json_answer(&json!({ "total": orders.len(), "orders": orders })));
    }
    let id = call.segment(1, "The order's id", u64::MAX).map_err(|_| missing(call.text(1)))?;
    if !call.site.orders.open().orders.contains_key(&id) {
        return Err(missing(call.text(1)));
    }
    change(call, id).await
}

fn missing(id: &str) -> Refusal {
    Refusal::not_found(format!("No order {id}. GET /orders lists those there are."))
}

async fn create(call: &mut Call) -> Outcome {
    let mut order = sent(call).await?;
    order.entry("status").or_insert_with(|| Value::from("new"));
    order.entry("createdAt").or_insert_with(|| Value::from(jiff::Timestamp::now().to_string()));
    let (id, order) = {
        let mut book = call.site.orders.open();
        if book.orders.len() >= MOST {
            return Err(Refusal::new(
                StatusCode::INSUFFICIENT_STORAGE,
                format!("The book holds {MOST} orders; delete some first."),
            ));
        }
        book.add(order)
    };
    let mut answer = with_status(StatusCode::CREATED, told(order));
    set(&mut answer, LOCATION, &format!("/orders/{id}"))?;
    Ok(answer)
}

async fn change(call: &mut Call, id: u64) -> Outcome {
    let fields = match call.method.as_str() {
        "PUT" | "PATCH" => sent(call).await?,
        _ => Order::new(),
    };
    let mut book = call.site.orders.open();
    // It may have been deleted while the body arrived.
    let Some(known) = book.orders.get(&id).cloned() else {
        return Err(missing(call.text(1)));
    };
    match call.method.as_str() {
        "PUT" => Ok(told(book.put(id, fields))),
        "PATCH" => {
            let mut order = Value::Object(known);
            merge(&mut order, Value::Object(fields));
            match order {
                Value::Object(order) => Ok(told(book.put(id, order))),
                _ => Err(Refusal::bad("A patch of an order is a JSON object.")),
            }
        }
        "DELETE" => {
            book.orders.remove(&id);
            Ok(empty(StatusCode::NO_CONTENT))
        }
        _ => Ok(told(known)),
    }
}

/// RFC 7396: members replace, objects merge, null removes.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (name, value) in patch {
            if value.is_null() {
                target.shift_remove(&name);
            } else {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
    }
}

fn told(order: Order) -> Answer {
    json_answer(&Value::Object(order))
}

async fn sent(call: &mut Call) -> Result<Order, Refusal> {
    let received = call.receive(LARGEST).await?;
    if received.is_cut() {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("An order is at most {LARGEST} bytes."),
        ));
    }
    serde_json::from_slice(&received.bytes).map_err(|error| {
        Refusal::bad(format!("An order is a JSON object; the body is not: {error}."))
    })
}

#[cfg(test)]
mod tests {
    use super::merge;
    use serde_json::json;

    /// The example of RFC 7396 §3.
    #[test]
    fn merges_as_the_rfc_says() {
        let mut order = json!({"title": "Goodbye!", "author": {"given": "John", "family": "Doe"}, "tags": ["a", "b"]});
        merge(
            &mut order,
            json!({"title": "Hello!", "phone": "1", "author": {"family": null}, "tags": ["a"]}),
        );
        assert_eq!(
            order,
            json!({"title": "Hello!", "author": {"given": "John"}, "tags": ["a"], "phone": "1"})
        );
    }
}
