//! (In the making.)

use crate::{Error, Import, Source};

pub(crate) fn recognises(_source: &Source) -> bool {
    false
}

pub(crate) fn import(_source: &Source) -> Result<Import, Error> {
    Err(Error::Unknown { file: String::new() })
}
