mod environments;
mod hostile;
mod round_trip;
mod schema;
mod support;
mod versions;
