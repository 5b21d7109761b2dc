//! Variables in text: parse, render and complete {{name}}.
