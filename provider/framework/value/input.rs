//! What a component gives to a child: nothing, a value, or a value to come.

use super::Output;

/// An input of a child resource; absent by default.
#[derive(Clone)]
pub struct Input<T>(Option<Output<T>>);

impl<T> Default for Input<T> {
    fn default() -> Self {
        Input(None)
    }
}

impl<T> Input<T> {
    /// The value to come, unless the input is absent.
    pub fn into_output(self) -> Option<Output<T>> {
        self.0
    }
}

impl<T: Clone + Send + Sync + 'static> From<T> for Input<T> {
    fn from(value: T) -> Self {
        Input(Some(Output::known(value)))
    }
}

impl<T: Clone + Send + Sync + 'static> From<Option<T>> for Input<T> {
    fn from(value: Option<T>) -> Self {
        Input(value.map(Output::known))
    }
}

impl<T> From<Output<T>> for Input<T> {
    fn from(output: Output<T>) -> Self {
        Input(Some(output))
    }
}

impl<T> From<Option<Output<T>>> for Input<T> {
    fn from(output: Option<Output<T>>) -> Self {
        Input(output)
    }
}

impl<T: Clone> From<&Output<T>> for Input<T> {
    fn from(output: &Output<T>) -> Self {
        Input(Some(output.clone()))
    }
}

impl From<&str> for Input<String> {
    fn from(value: &str) -> Self {
        Input::from(value.to_owned())
    }
}
