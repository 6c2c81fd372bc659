//! Work that takes a core for long: some of it at once, some more in a queue, and the rest is told to come back.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::render::Failure;

/// How long a place in a queue is kept; who waited so long has given up, or will.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lets so much work of a kind run at once, and so much more wait for its turn.
#[derive(Debug)]
pub struct Queue(Arc<Line>);

#[derive(Debug)]
struct Line {
    /// What the work is called where it is counted.
    what: &'static str,
    at_once: usize,
    longest: usize,
    taken: Mutex<Taken>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Taken {
    running: usize,
    /// Who waits, by number; the first came first.
    line: VecDeque<u64>,
    /// Those of them whose turn it is: nobody who comes later takes it, however late they wake up.
    called: Vec<u64>,
    next: u64,
}

/// A turn that ends when it is dropped, also by a panic.
#[derive(Debug)]
pub struct Turn(Arc<Line>);

impl Queue {
    /// A queue for a kind of work: so many at once, and so many more that wait.
    pub fn new(what: &'static str, at_once: usize, longest: usize) -> Self {
        Self(Arc::new(Line { what, at_once, longest, taken: Mutex::default(), freed: Condvar::new() }))
    }

    /// Does work when it is its turn; this may block the thread.
    ///
    /// # Errors
    /// As for [`Queue::turn`].
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, Failure> {
        let turn = self.turn()?;
        let done = work();
        drop(turn);
        Ok(done)
    }

    /// A turn, for work that goes on elsewhere; this may block the thread until it comes.
    ///
    /// # Errors
    /// [`Failure::Busy`] at once when the queue is full, and after ten seconds of waiting.
    pub fn turn(&self) -> Result<Turn, Failure> {
        let Self(own) = self;
        let mut taken = own.taken();
        if taken.running < own.at_once {
            taken.running += 1;
            return Ok(Turn(own.clone()));
        }
        if taken.line.len() >= own.longest {
            return Err(own.shed());
        }
        let number = taken.next;
        taken.next += 1;
        taken.line.push_back(number);
        let waited = own.freed.wait_timeout_while(taken, PATIENCE, |taken| !taken.called.contains(&number));
        taken = waited.unwrap_or_else(PoisonError::into_inner).0;
        match taken.called.iter().position(|called| *called == number) {
            Some(at) => {
                taken.called.swap_remove(at);
                Ok(Turn(own.clone()))
            }
            None => {
                taken.line.retain(|waiting| *waiting != number);
                Err(own.shed())
            }
        }
    }
}

impl Line {
    fn shed(&self) -> Failure {
        metrics::counter!("coverage_map_shed_total", "what" => self.what).increment(1);
        Failure::Busy
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut taken = self.0.taken();
        match taken.line.pop_front() {
            Some(first) => {
                taken.called.push(first);
                self.0.freed.notify_all();
            }
            None => taken.running -= 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::mpsc::channel,
        thread,
    };

    use super::*;

    #[test]
    fn one_works_one_waits_and_the_next_is_told_to_come_back() {
        let queue = Queue::new("test", 1, 1);
        let (begun, has_begun) = channel();
        let (release, released) = channel::<()>();
        thread::scope(|scope| {
            let (queue, begun) = (&queue, begun);
            let first = scope.spawn(move || {
                queue.run(move || {
                    begun.send(()).unwrap();
                    released.recv().unwrap();
                })
            });
            has_begun.recv().unwrap();
            let second = scope.spawn(|| queue.run(|| 2));
            while queue.0.taken().line.is_empty() {
                thread::yield_now();
            }
            assert_eq!(queue.run(|| 3), Err(Failure::Busy));
            release.send(()).unwrap();
            assert_eq!((first.join().unwrap(), second.join().unwrap()), (Ok(()), Ok(2)));
        });
        assert_eq!(queue.run(|| 4), Ok(4));
    }

    #[test]
    fn who_waits_is_before_who_comes_again_and_again() {
        let queue = Queue::new("test", 1, 1);
        let (done, is_done) = channel();
        thread::scope(|scope| {
            let first = queue.turn().unwrap();
            let waiter = scope.spawn(|| queue.run(|| done.send(()).unwrap()));
            while queue.0.taken().line.is_empty() {
                thread::yield_now();
            }
            drop(first);
            // The place is not free for an instant: it is the waiter's, who has yet to wake up.
            drop(queue.turn());
            assert!(is_done.try_recv().is_ok(), "the waiter came first");
            assert_eq!(waiter.join().unwrap(), Ok(()));
        });
    }

    #[test]
    fn work_that_panics_gives_its_turn_back() {
        let queue = Queue::new("test", 1, 0);
        let panicked = catch_unwind(AssertUnwindSafe(|| queue.run(|| panic!("on purpose"))));
        assert!(panicked.is_err());
        assert_eq!(queue.run(|| 1), Ok(1));
    }
}
