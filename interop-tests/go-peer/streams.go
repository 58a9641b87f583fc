package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// use opens a stream, hands it to f and frees it: closed if f succeeds, else reset. What f says is the verdict;
// closing a stream that the peer has reset meanwhile is no failure.
func (p *testPeer) use(ctx context.Context, id peer.ID, proto protocol.ID, f func(network.Stream) error) error {
	s, err := p.open(ctx, id, proto)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = s.Reset() })
	defer stop()
	if err := f(s); err != nil {
		_ = s.Reset()
		return err
	}
	_ = s.Close()
	return nil
}

// transfer is how much went over a stream in which time.
type transfer struct {
	SHA256  string  `json:"sha256"`
	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	MBPerS  float64 `json:"megabytesPerSecond"`
}

func timed(digest []byte, n int64, start time.Time) transfer {
	seconds := time.Since(start).Seconds()
	return transfer{hex.EncodeToString(digest), n, seconds, float64(n) / 1e6 / seconds}
}

type echoParams struct {
	peerParam
	Bytes int `json:"bytes"`
}

// echo sends random bytes and expects them back, end included.
func (p *testPeer) echo(ctx context.Context, params echoParams) (map[string]int64, error) {
	start := time.Now()
	err := p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
		if err := echoOnce(s, max(params.Bytes, 1)); err != nil {
			return err
		}
		return expectEnd(s)
	})
	return map[string]int64{"us": time.Since(start).Microseconds()}, err
}

// echoOnce has one round trip of n random bytes on a stream of the echo protocol.
func echoOnce(s network.Stream, n int) error {
	sent := make([]byte, n)
	_, _ = rand.Read(sent)
	written := make(chan error, 1)
	go func() { // beside the reader: more than a window of bytes would stop both sides
		_, err := s.Write(sent)
		written <- err
	}()
	received := make([]byte, n)
	if _, err := io.ReadFull(s, received); err != nil {
		_ = s.Reset()
		<-written
		return err
	}
	if err := <-written; err != nil {
		return err
	}
	if !bytes.Equal(sent, received) {
		return errors.New("the echo differs from what was sent")
	}
	return nil
}

// expectEnd closes our side and expects the peer to do the same without another byte.
func expectEnd(s network.Stream) error {
	if err := s.CloseWrite(); err != nil {
		return err
	}
	switch n, err := s.Read(make([]byte, 1)); {
	case n > 0:
		return errors.New("a byte too much")
	case err != io.EOF:
		return fmt.Errorf("instead of the end: %w", err)
	}
	return nil
}

type transferParams struct {
	peerParam
	Bytes int64 `json:"bytes"`
}

// upload sends random bytes to the peer's sink; the digest of what the peer received decides.
func (p *testPeer) upload(ctx context.Context, params transferParams) (transfer, error) {
	return p.uploadTo(ctx, sinkProtocol, params, nil)
}

// halfClose is a small upload: the sink answers only when our side has ended.
func (p *testPeer) halfClose(ctx context.Context, params peerParam) (transfer, error) {
	return p.upload(ctx, transferParams{params, 1000})
}

func (p *testPeer) uploadTo(
	ctx context.Context, proto protocol.ID, params transferParams, progress func(int64),
) (transfer, error) {
	var t transfer
	err := p.use(ctx, params.Peer, proto, func(s network.Stream) error {
		start := time.Now()
		sent, err := sendRandom(s, params.Bytes, progress)
		if err != nil {
			return err
		}
		if err := s.CloseWrite(); err != nil {
			return err
		}
		received, err := readDigest(s)
		t = timed(sent, params.Bytes, start)
		if err == nil && !bytes.Equal(sent, received) {
			err = fmt.Errorf("sent %x, the peer received %x", sent, received)
		}
		return err
	})
	return t, err
}

// download asks the peer's source for random bytes and compares their digest with the one that the peer sends.
func (p *testPeer) download(ctx context.Context, params transferParams) (transfer, error) {
	var t transfer
	err := p.use(ctx, params.Peer, sourceProtocol, func(s network.Stream) error {
		start := time.Now()
		if err := askSource(s, params.Bytes); err != nil {
			return err
		}
		received, err := readRandom(s, params.Bytes)
		t = timed(received, params.Bytes, start)
		return err
	})
	return t, err
}

func askSource(s network.Stream, n int64) error {
	return binary.Write(s, binary.BigEndian, n)
}

type resetParams struct {
	peerParam
	Code uint32 `json:"code"`
}

// askReset asks the peer to reset the stream and returns how that looks from here.
func (p *testPeer) askReset(ctx context.Context, params resetParams) (failure, error) {
	var seen failure
	err := p.use(ctx, params.Peer, resetProtocol, func(s network.Stream) error {
		if err := binary.Write(s, binary.BigEndian, params.Code); err != nil {
			return err
		}
		_, err := s.Read(make([]byte, 1))
		seen = failureOf(fmt.Errorf("read: %w", err))
		if seen.StreamCode == nil {
			return fmt.Errorf("expected a reset: %w", err)
		}
		return nil
	})
	return seen, err
}

// giveReset resets a stream of the echo protocol that has just worked; the peer must tell what it saw.
func (p *testPeer) giveReset(ctx context.Context, params resetParams) (none, error) {
	return none{}, p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
		if err := echoOnce(s, 32); err != nil {
			return err
		}
		return s.ResetWithError(network.StreamErrorCode(params.Code))
	})
}

type openParams struct {
	peerParam
	Protocol  protocol.ID `json:"protocol"`
	Data      []byte      `json:"data"`
	HalfClose bool        `json:"halfClose"`
	ReadMax   int         `json:"readMax"`
}

type openAnswer struct {
	Data []byte   `json:"data"`
	EOF  bool     `json:"eof"`
	Read *failure `json:"readError,omitempty"`
}

// openAny speaks any protocol: it writes, reads up to ReadMax bytes or to the end, and closes.
func (p *testPeer) openAny(ctx context.Context, params openParams) (openAnswer, error) {
	answer := openAnswer{Data: []byte{}}
	err := p.use(ctx, params.Peer, params.Protocol, func(s network.Stream) error {
		if len(params.Data) > 0 {
			if _, err := s.Write(params.Data); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		if params.HalfClose {
			if err := s.CloseWrite(); err != nil {
				return fmt.Errorf("half close: %w", err)
			}
		}
		if params.ReadMax <= 0 {
			return nil
		}
		limited := &io.LimitedReader{R: s, N: int64(params.ReadMax)}
		data, err := io.ReadAll(limited)
		answer.Data, answer.EOF = data, err == nil && limited.N > 0
		if err != nil {
			seen := failureOf(err)
			answer.Read = &seen
		}
		return nil
	})
	return answer, err
}
