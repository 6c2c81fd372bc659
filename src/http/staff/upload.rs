use axum::extract::{Multipart, multipart::MultipartError};

use crate::{
    http::query::Parameters,
    render::{
        Failure,
        html::{Field, Kind},
    },
};

/// What a form with a file brings.
#[derive(Debug)]
pub struct Upload {
    /// The file.
    pub file: Vec<u8>,
    /// What else was said.
    pub parameters: Parameters,
}

impl Upload {
    /// Reads a form whose file has a name.
    ///
    /// # Errors
    /// When the form is broken or too long, or has no such file.
    pub async fn read(mut form: Multipart, name: &str) -> Result<Self, Failure> {
        let (mut file, mut pairs) = (None, Vec::new());
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let own = field.name().unwrap_or_default().to_owned();
            if own == name {
                file = Some(field.bytes().await.map_err(broken)?.to_vec());
            } else {
                pairs.push((own, field.text().await.map_err(broken)?));
            }
        }
        let file =
            file.filter(|file| !file.is_empty()).ok_or_else(|| Failure::BadBody("choose a file that is not empty".to_owned()))?;
        Ok(Self { file, parameters: Parameters::of(pairs) })
    }
}

fn broken(error: MultipartError) -> Failure {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Failure::BodyTooLarge
    } else {
        Failure::BadBody("it is a form with a file (multipart/form-data)".to_owned())
    }
}

/// The field of a form for a CSV file.
pub fn field(name: &'static str, label: &'static str) -> Field<'static> {
    Field { name, label, kind: Kind::File(".csv,text/csv") }
}
