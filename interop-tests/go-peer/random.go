package main

import (
	"bytes"
	crand "crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
)

const blockBytes = 64 << 10

var blocks = sync.Pool{New: func() any { return new([blockBytes]byte) }}

// sendRandom writes n bytes that nobody can guess and returns their SHA-256. progress, if any, is called with the
// bytes written so far.
func sendRandom(w io.Writer, n int64, progress func(int64)) ([]byte, error) {
	var seed [32]byte
	_, _ = crand.Read(seed[:])
	source, sum := rand.NewChaCha8(seed), sha256.New()
	block := blocks.Get().(*[blockBytes]byte)
	defer blocks.Put(block)
	var done int64
	for done < n {
		b := block[:min(blockBytes, n-done)]
		_, _ = source.Read(b)
		sum.Write(b)
		k, err := w.Write(b)
		done += int64(k)
		if progress != nil {
			progress(done)
		}
		if err != nil {
			return nil, fmt.Errorf("after %d of %d bytes: %w", done, n, err)
		}
	}
	return sum.Sum(nil), nil
}

// readRandom reads n bytes, then the SHA-256 that the sender says they have, then the end.
func readRandom(r io.Reader, n int64) ([]byte, error) {
	sum := sha256.New()
	got, err := copyBlocks(sum, io.LimitReader(r, n))
	if err == nil && got < n {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("after %d of %d bytes: %w", got, n, err)
	}
	received := sum.Sum(nil)
	sent, err := readDigest(r)
	if err == nil && !bytes.Equal(received, sent) {
		err = fmt.Errorf("received %x, the peer sent %x", received, sent)
	}
	return received, err
}

// readDigest reads one SHA-256 and the end.
func readDigest(r io.Reader) ([]byte, error) {
	told, err := io.ReadAll(io.LimitReader(r, sha256.Size+1))
	if err != nil {
		return nil, fmt.Errorf("waiting for the peer's digest: %w", err)
	}
	if len(told) != sha256.Size {
		return nil, errors.New("the peer told no digest of 32 bytes")
	}
	return told, nil
}

func copyBlocks(w io.Writer, r io.Reader) (int64, error) {
	block := blocks.Get().(*[blockBytes]byte)
	defer blocks.Put(block)
	return io.CopyBuffer(onlyWriter{w}, onlyReader{r}, block[:])
}

// onlyWriter and onlyReader hide WriterTo and ReaderFrom, so that the copy uses the buffer it was given.
type (
	onlyWriter struct{ io.Writer }
	onlyReader struct{ io.Reader }
)
