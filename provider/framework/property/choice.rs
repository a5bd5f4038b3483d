//! Types with a fixed set of values.

/// One of a few named values; `#[derive(Choice)]` writes it for an enum without fields.
pub trait Choice: Sized + Copy + 'static {
    /// The schema token of the type, without the package: `ec2:ConnectivityType`.
    const TOKEN: &'static str;

    /// What the type is for.
    const DOC: &'static str;

    /// Each value, as it is written, with its Rust name and its description.
    const VALUES: &'static [(&'static str, &'static str, &'static str)];

    /// The value as it is written.
    fn text(self) -> &'static str;

    /// The value that is written so.
    fn from_text(text: &str) -> Option<Self>;
}
