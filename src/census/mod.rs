//! The identifiers of census geography: codes of states and counties, and five-digit ZIP Codes.
//!
//! Each is a validated value type: once parsed it cannot be empty, over-long or of another kind, so that
//! ZIP `10001` (Manhattan) is never taken for county `10001` (Kent County, Delaware).

mod geoid;
mod state;
mod zip;

pub use geoid::{Geoid, InvalidGeoid};
pub use state::{InvalidStateCode, StateCode};
pub use zip::{InvalidZipCode, ZipCode};
