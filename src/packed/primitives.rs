use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::wire::{NotUnpacked, Reader, Wire, Writer};

macro_rules! wire_number {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn put(&self, out: &mut Writer) {
                out.bytes(&self.to_le_bytes());
            }

            fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
                Ok(Self::from_le_bytes(from.array()?))
            }
        }
    )*};
}

wire_number!(u8, u16, u32, u64, i8, i16, f64);

impl Wire for usize {
    fn put(&self, out: &mut Writer) {
        (*self as u64).put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        usize::try_from(u64::get(from)?).map_err(|error| from.impossible(error))
    }
}

/// A text, where it stands among the bytes.
pub fn text<'a>(from: &mut Reader<'a>) -> Result<&'a str, NotUnpacked> {
    let length = from.length(1)?;
    let bytes = from.bytes(length)?;
    std::str::from_utf8(bytes).map_err(|error| from.impossible(error))
}

fn put_text(text: &str, out: &mut Writer) {
    out.length(text.len());
    out.bytes(text.as_bytes());
}

impl Wire for Arc<str> {
    fn put(&self, out: &mut Writer) {
        put_text(self, out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        text(from).map(Self::from)
    }
}

impl Wire for Box<str> {
    fn put(&self, out: &mut Writer) {
        put_text(self, out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        text(from).map(Self::from)
    }
}

impl Wire for String {
    fn put(&self, out: &mut Writer) {
        put_text(self, out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        text(from).map(str::to_owned)
    }
}

impl Wire for bool {
    fn put(&self, out: &mut Writer) {
        out.bytes(&[u8::from(*self)]);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        match from.array()? {
            [0] => Ok(false),
            [1] => Ok(true),
            [other] => Err(from.impossible(format_args!("neither yes nor no ({other})"))),
        }
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Writer) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        if bool::get(from)? { T::get(from).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Writer) {
        out.length(self.len());
        self.iter().for_each(|value| value.put(out));
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        from.within(|from| {
            // Every value takes a byte at least.
            let length = from.length(1)?;
            (0..length).map(|_| T::get(from)).collect()
        })
    }
}

impl<K: Wire + Ord, V: Wire> Wire for BTreeMap<K, V> {
    fn put(&self, out: &mut Writer) {
        out.length(self.len());
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let length = from.length(1)?;
        (0..length).map(|_| Ok((K::get(from)?, V::get(from)?))).collect()
    }
}

impl<T: Wire> Wire for Arc<T> {
    fn put(&self, out: &mut Writer) {
        T::put(self, out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        T::get(from).map(Self::new)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        Ok((A::get(from)?, B::get(from)?))
    }
}

impl<T: Wire> Wire for [T; 2] {
    fn put(&self, out: &mut Writer) {
        self.iter().for_each(|value| value.put(out));
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        Ok([T::get(from)?, T::get(from)?])
    }
}

impl Wire for Date {
    fn put(&self, out: &mut Writer) {
        self.year().put(out);
        self.month().put(out);
        self.day().put(out);
    }

    fn get(from: &mut Reader<'_>) -> Result<Self, NotUnpacked> {
        let (year, month, day) = (i16::get(from)?, i8::get(from)?, i8::get(from)?);
        Self::new(year, month, day).map_err(|error| from.impossible(error))
    }
}
