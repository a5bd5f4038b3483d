//! What a lock holds, whoever panicked with it: nothing of ours is half-done between two statements.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the lock holds.
pub fn locked<T: ?Sized>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
