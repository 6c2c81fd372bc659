use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep},
};

/// The bytes that a client must take in each window; one that takes them singly holds a connection for nothing.
const LEAST: usize = 4096;

/// A stream that is given up when its other end takes too little, for too long, of what is written.
pub struct Paced<S> {
    stream: S,
    window: Duration,
    /// The window that runs since the stream could not take all, and the bytes that it took in it.
    waiting: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<S> Paced<S> {
    /// A stream that takes 4,096 bytes in each window, or all that there is.
    pub fn new(stream: S, window: Duration) -> Self {
        Self { stream, window, waiting: None }
    }

    /// What comes of an attempt to write so many bytes.
    fn judged(&mut self, attempt: Poll<io::Result<usize>>, offered: usize, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match attempt {
            Poll::Ready(Ok(taken)) if taken == offered => self.waiting = None,
            Poll::Ready(Ok(taken)) => self.note(taken),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => return self.wait(context),
        }
        attempt
    }

    fn note(&mut self, taken: usize) {
        let enough = self.waiting.as_mut().is_some_and(|(_, so_far)| {
            *so_far += taken;
            *so_far >= LEAST
        });
        if enough {
            self.waiting = None;
        }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let window = self.window;
        let (deadline, _) = self.waiting.get_or_insert_with(|| (Box::pin(tokio::time::sleep_until(Instant::now() + window)), 0));
        deadline.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let attempt = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.judged(attempt, bytes.len(), context)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let attempt = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.judged(attempt, slices.iter().map(|slice| slice.len()).sum(), context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const WINDOW: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_given_up() {
        let (near, _far) = duplex(1024);
        let error = Paced::new(near, WINDOW).write_all(&[0; 100_000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_single_bytes_is_given_up() {
        let (near, mut far) = duplex(1024);
        tokio::spawn(async move {
            while far.read_u8().await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let error = Paced::new(near, WINDOW).write_all(&[0; 100_000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_line_gets_all_however_long_it_takes() {
        let (near, mut far) = duplex(1024);
        let reader = tokio::spawn(async move {
            let (mut all, mut piece) = (0, [0; 1024]);
            while let Ok(read @ 1..) = far.read(&mut piece).await {
                all += read;
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            all
        });
        let mut paced = Paced::new(near, WINDOW);
        paced.write_all(&[0; 100_000]).await.unwrap();
        drop(paced);
        assert_eq!(reader.await.unwrap(), 100_000);
    }

    #[tokio::test(start_paused = true)]
    async fn time_between_two_responses_does_not_count() {
        let (near, mut far) = duplex(1024);
        let mut paced = Paced::new(near, WINDOW);
        let mut piece = [0; 2048];
        for _ in 0..3 {
            let (written, read) = tokio::join!(paced.write_all(&[0; 2048]), far.read_exact(&mut piece));
            assert!(written.is_ok() && read.is_ok());
            tokio::time::sleep(WINDOW * 2).await;
        }
    }
}
