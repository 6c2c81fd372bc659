use std::fmt::Display;

/// How deep values may lie within each other; what people write is nowhere near.
const DEEPEST: u32 = 64;

/// Why bytes are no data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUnpacked {
    /// They do not begin as they should.
    #[error("the bytes are of another kind; each file begins with its own name")]
    Kind,
    /// They were packed by another version.
    #[error("the bytes are of version {0}, this program reads version {version}; build the snapshot with the program that serves it", version = super::VERSION)]
    Version(u8),
    /// They end too early.
    #[error("the bytes end too early (at {0})")]
    Short(usize),
    /// They go on after the end.
    #[error("the bytes go on after the end (at {0})")]
    Longer(usize),
    /// They say what cannot be.
    #[error("byte {at}: {what}")]
    Impossible {
        /// The offset of the first byte that nobody has read yet.
        at: usize,
        /// What is wrong.
        what: String,
    },
}

/// A value that can be bytes.
pub trait Wire: Sized {
    /// Appends the value.
    fn put(&self, out: &mut Writer);

    /// Reads a value.
    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked>;
}

/// Bytes in the making.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// Appends bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Appends a length (LEB128).
    pub fn length(&mut self, length: usize) {
        let mut rest = length as u64;
        while rest >= 0x80 {
            self.0.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    /// Appends how many values there are, and so many bytes for each.
    pub fn each<const N: usize, T>(&mut self, values: &[T], bytes: impl Fn(&T) -> [u8; N]) {
        self.length(values.len());
        values.iter().for_each(|value| self.bytes(&bytes(value)));
    }

    /// All that was appended.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes that are read from their start to their end.
#[derive(Debug)]
pub struct Reader<'a> {
    all: &'a [u8],
    at: usize,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// Reads bytes from their start.
    pub fn new(all: &'a [u8]) -> Self {
        Self { all, at: 0, depth: 0 }
    }

    /// The offset of the next byte.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether all bytes were read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.all.len()
    }

    /// The next bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], NotUnpacked> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.all.len()).ok_or(NotUnpacked::Short(self.all.len()))?;
        let bytes = &self.all[self.at..end];
        self.at = end;
        Ok(bytes)
    }

    /// The next bytes, as many as an array has.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], NotUnpacked> {
        self.bytes(N)?.try_into().map_err(|_| NotUnpacked::Short(self.all.len()))
    }

    /// A length (LEB128) of things that take so many bytes each at least; what cannot be there is not waited for.
    pub fn length(&mut self, smallest: usize) -> Result<usize, NotUnpacked> {
        let mut length = 0_u64;
        for shift in (0..63).step_by(7) {
            let [byte] = self.array()?;
            length |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let most = (self.all.len() - self.at) / smallest.max(1);
                return usize::try_from(length).ok().filter(|length| *length <= most).ok_or(NotUnpacked::Short(self.all.len()));
            }
        }
        Err(self.impossible("no length"))
    }

    /// Values of so many bytes each, behind how many there are.
    pub fn each<const N: usize, T>(&mut self, value: impl Fn(&[u8; N]) -> T) -> Result<Vec<T>, NotUnpacked> {
        let length = self.length(N)?;
        Ok(self.bytes(length * N)?.as_chunks::<N>().0.iter().map(value).collect())
    }

    /// Reads something that lies within what is read.
    pub fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, NotUnpacked>) -> Result<T, NotUnpacked> {
        if self.depth == DEEPEST {
            return Err(self.impossible("values lie too deep in each other"));
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// Says that what was read cannot be.
    pub fn impossible(&self, what: impl Display) -> NotUnpacked {
        NotUnpacked::Impossible { at: self.at, what: what.to_string() }
    }
}

/// Makes structs bytes: the fields in the order in which they are named; the compiler sees that none is left out.
macro_rules! wire_struct {
    ($($type:ty { $($field:ident),* $(,)? })*) => {$(
        impl $crate::packed::wire::Wire for $type {
            fn put(&self, out: &mut $crate::packed::wire::Writer) {
                let Self { $($field),* } = self;
                $($crate::packed::wire::Wire::put($field, out);)*
            }

            fn get(from: &mut $crate::packed::wire::Reader<'_>) -> Result<Self, $crate::packed::wire::NotUnpacked> {
                Ok(Self { $($field: $crate::packed::wire::Wire::get(from)?),* })
            }
        }
    )*};
}

/// Makes enums bytes: the number of the variant, then its fields.
macro_rules! wire_enum {
    ($($type:ty { $($number:literal $variant:ident $(($($value:ident),*))? $({$($field:ident),*})?),* $(,)? })*) => {$(
        impl $crate::packed::wire::Wire for $type {
            fn put(&self, out: &mut $crate::packed::wire::Writer) {
                match self {
                    $(Self::$variant $(($($value),*))? $({$($field),*})? => {
                        out.bytes(&[$number]);
                        $($($crate::packed::wire::Wire::put($value, out);)*)?
                        $($($crate::packed::wire::Wire::put($field, out);)*)?
                    })*
                }
            }

            fn get(from: &mut $crate::packed::wire::Reader<'_>) -> Result<Self, $crate::packed::wire::NotUnpacked> {
                let [number] = from.array()?;
                match number {
                    $($number => {
                        $($(let $value = $crate::packed::wire::Wire::get(from)?;)*)?
                        $($(let $field = $crate::packed::wire::Wire::get(from)?;)*)?
                        Ok(Self::$variant $(($($value),*))? $({$($field),*})?)
                    })*
                    other => Err(from.impossible(format_args!("no {} has the number {other}", stringify!($type)))),
                }
            }
        }
    )*};
}

/// Makes ids bytes: the text that people write, read as people's is.
macro_rules! wire_text {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::packed::wire::Wire for $type {
            fn put(&self, out: &mut $crate::packed::wire::Writer) {
                let text = self.to_string();
                out.length(text.len());
                out.bytes(text.as_bytes());
            }

            fn get(from: &mut $crate::packed::wire::Reader<'_>) -> Result<Self, $crate::packed::wire::NotUnpacked> {
                let text = $crate::packed::primitives::text(from)?;
                text.parse().map_err(|error| from.impossible(error))
            }
        }
    )*};
}

pub(crate) use {wire_enum, wire_struct};

pub(super) use wire_text;
