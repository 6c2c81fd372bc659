//! Listens to a database that tells when a program changes.

use std::{
    sync::{Arc, Weak, mpsc::Sender},
    thread,
    time::Duration,
};

use super::watch::Wake;
use crate::source::{Database, Folder};

/// How long a database that went away is left alone. Meanwhile it is looked at as often as folders are.
const REST: Duration = Duration::from_secs(5);

/// A thread that listens; it ends when this is dropped.
pub struct Ear {
    _wanted: Arc<()>,
}

impl Ear {
    /// Begins to listen; `None` where there is nothing to be heard.
    pub fn new(program: &Folder, wake: Sender<Wake>) -> Option<Self> {
        let Folder::Database(database) = program else { return None };
        let (database, wanted) = (database.clone(), Arc::new(()));
        let still = Arc::downgrade(&wanted);
        match thread::Builder::new().name("listen".to_owned()).spawn(move || listen(&database, &wake, &still)) {
            Ok(_) => Some(Self { _wanted: wanted }),
            Err(error) => {
                tracing::warn!(%error, "the database cannot be listened to; it is looked at now and then");
                None
            }
        }
    }
}

fn listen(database: &Database, wake: &Sender<Wake>, still: &Weak<()>) {
    let is_wanted = || still.strong_count() > 0;
    let mut is_told = false;
    while is_wanted() {
        // Nobody reads any more: the watch has ended.
        let heard = || _ = wake.send(Wake::Changed);
        if let Err(error) = database.listen(heard, is_wanted)
            && !is_told
        {
            tracing::warn!(%error, "the database cannot be listened to; it is looked at now and then");
            is_told = true;
        }
        for _ in 0..REST.as_secs() {
            if is_wanted() {
                thread::sleep(Duration::from_secs(1));
            }
        }
    }
}
