use super::{Failure, NoAccess};

/// The parameters that ask something, as they are listed.
const WAYS: &str = "lat and lon, zip, state, county, place, region, q";

impl Failure {
    /// One of each, as it happens, for lists of what can happen.
    pub fn examples() -> Vec<Self> {
        let mut all = of_questions().to_vec();
        all.extend(of_bodies());
        all.extend([
            Self::NoHost,
            Self::NoSuch {
                what: "partner",
                parameter: "id",
                value: "nobody".to_owned(),
                rule: "ids of partners are small letters, digits and hyphens; /api/v1/partners lists them",
            },
            Self::MethodNotAllowed,
            Self::TimedOut,
            Self::TooManyRequests(10),
            Self::Busy,
            Self::NotReady,
            Self::Internal,
            Self::NotServed,
            Self::BadDraft("assignments.csv:14: county 42999 does not exist; did you mean 42099?".to_owned()),
        ]);
        all.extend(NoAccess::ALL.map(Self::NoAccess));
        all
    }
}

fn of_questions() -> [Failure; 8] {
    let text = str::to_owned;
    [
        Failure::UnknownParameter { name: text("zipcode"), value: text("98101"), known: text("zip, as_of, course") },
        Failure::RepeatedParameter { name: text("zip"), value: text("98102") },
        Failure::NoQuestion { known: text(WAYS) },
        Failure::SeveralQuestions { names: text("zip, state") },
        Failure::BadValue {
            parameter: text("lat"),
            what: text("not a number of degrees"),
            value: text("abc"),
            rule: text("latitude is decimal degrees from -90 to 90"),
        },
        Failure::BadEncoding { parameter: text("q") },
        Failure::QueryTooLong(4096),
        Failure::NotAcceptable { offered: text("application/json, application/geo+json") },
    ]
}

fn of_bodies() -> [Failure; 3] {
    let rule = "it is a JSON object with the numbers lat and lon, the texts as_of and course where needed, and nothing else";
    [Failure::BadBody(rule.to_owned()), Failure::BodyTooLarge, Failure::UnsupportedMediaType]
}
