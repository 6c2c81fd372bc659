use std::sync::{Arc, PoisonError, RwLock};

/// The results of a pure function that were asked for first, up to a number: beyond it the oldest goes.
///
/// It remembers, it does not change anything: whoever asks gets what the function gives.
#[derive(Debug)]
pub struct Recent<K, V> {
    most: usize,
    kept: RwLock<Vec<(K, Arc<V>)>>,
}

impl<K: PartialEq, V> Recent<K, V> {
    /// Remembers up to so many results.
    pub fn new(most: usize) -> Self {
        Self { most, kept: RwLock::default() }
    }

    /// The result for a key, made now if it is not remembered.
    ///
    /// Two who ask for the same at the same time may both make it; they make the same.
    pub fn get_or(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.find(&key) {
            return value;
        }
        let made = Arc::new(make());
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, earlier)) = kept.iter().find(|(k, _)| *k == key) {
            return earlier.clone();
        }
        if kept.len() >= self.most {
            kept.remove(0);
        }
        kept.push((key, made.clone()));
        made
    }

    /// The result for a key, if it is remembered.
    pub fn find(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_result_is_made_once_until_newer_ones_have_taken_its_place() {
        let (recent, made) = (Recent::new(2), Cell::new(0));
        let get = |key: u32| {
            *recent.get_or(key, || {
                made.set(made.get() + 1);
                key * 10
            })
        };
        assert_eq!((get(1), get(1), made.get()), (10, 10, 1));
        assert_eq!((get(2), get(3), made.get()), (20, 30, 3));
        assert_eq!((get(2), made.get()), (20, 3));
        assert_eq!((get(1), made.get()), (10, 4));
    }
}
