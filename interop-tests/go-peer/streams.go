package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// The test protocols, which both sides of an interop test serve.
const (
	echoID   = protocol.ID("/peerup-test/echo/1.0.0")   // everything comes back; FIN is answered with FIN
	sinkID   = protocol.ID("/peerup-test/sink/1.0.0")   // read to FIN, then answered with the 32 bytes of its SHA-256
	sourceID = protocol.ID("/peerup-test/source/1.0.0") // a count in 8 bytes; answered with as many random bytes, then their SHA-256
	resetID  = protocol.ID("/peerup-test/reset/1.0.0")  // a code in 4 bytes; answered with a reset of that code
	stallID  = protocol.ID("/peerup-test/stall/1.0.0")  // nothing is read until the command "unstall"; then as sink
	perfID   = protocol.ID("/perf/1.0.0")
)

const chunk = 64 << 10

func (n *node) serve() {
	n.host.SetStreamHandler(echoID, func(s network.Stream) {
		if _, err := io.Copy(s, s); err != nil {
			s.Reset()
			return
		}
		s.Close()
	})
	n.host.SetStreamHandler(sinkID, serveSink)
	n.host.SetStreamHandler(sourceID, func(s network.Stream) {
		var count [8]byte
		if _, err := io.ReadFull(s, count[:]); err != nil {
			s.Reset()
			return
		}
		digest, err := sendRandom(s, int64(binary.BigEndian.Uint64(count[:])))
		if err != nil {
			s.Reset()
			return
		}
		s.Write(digest)
		s.Close()
	})
	n.host.SetStreamHandler(resetID, func(s network.Stream) {
		var code [4]byte
		if _, err := io.ReadFull(s, code[:]); err != nil {
			s.Reset()
			return
		}
		s.ResetWithError(network.StreamErrorCode(binary.BigEndian.Uint32(code[:])))
	})
	n.host.SetStreamHandler(stallID, func(s network.Stream) {
		<-n.unstall
		serveSink(s)
	})
	n.host.SetStreamHandler(perfID, servePerf)
}

func serveSink(s network.Stream) {
	digest := sha256.New()
	if _, err := io.Copy(digest, s); err != nil {
		s.Reset()
		return
	}
	s.Write(digest.Sum(nil))
	s.Close()
}

// sendRandom writes random bytes and returns the digest of what it wrote.
func sendRandom(w io.Writer, count int64) ([]byte, error) {
	digest, block := sha256.New(), make([]byte, chunk)
	for count > 0 {
		size := min(count, chunk)
		rand.Read(block[:size])
		digest.Write(block[:size])
		if _, err := w.Write(block[:size]); err != nil {
			return nil, err
		}
		count -= size
	}
	return digest.Sum(nil), nil
}

func servePerf(s network.Stream) {
	var download [8]byte
	if _, err := io.ReadFull(s, download[:]); err != nil {
		s.Reset()
		return
	}
	if _, err := io.Copy(io.Discard, s); err != nil {
		s.Reset()
		return
	}
	if err := sendZeros(s, int64(binary.BigEndian.Uint64(download[:]))); err != nil {
		s.Reset()
		return
	}
	s.Close()
}

func sendZeros(w io.Writer, count int64) error {
	block := make([]byte, chunk)
	for count > 0 {
		size := min(count, chunk)
		if _, err := w.Write(block[:size]); err != nil {
			return err
		}
		count -= size
	}
	return nil
}

func (n *node) stream(ctx context.Context, r request) (reply, error) {
	p := id(r.Peer)
	switch r.Cmd {
	case "unstall":
		close(n.unstall)
		return nil, nil
	case "echo":
		return nil, n.echo(ctx, p, r.Bytes)
	case "upload":
		return n.upload(ctx, p, sinkID, r.Bytes)
	case "download":
		return n.download(ctx, p, r.Bytes)
	case "half-close":
		return n.upload(ctx, p, sinkID, 1000)
	case "ask-reset":
		return n.askReset(ctx, p, r.Code)
	case "give-reset":
		return nil, n.giveReset(ctx, p, r.Code)
	case "streams":
		return n.streams(ctx, p, r)
	case "slow-fast":
		return n.slowFast(ctx, p, r)
	case "perf":
		return n.perf(ctx, p, r)
	case "open":
		s, err := n.host.NewStream(ctx, p, protocol.ID(r.Protocol))
		if err != nil {
			return nil, err
		}
		defer s.Reset()
		if _, err := s.Read(make([]byte, 1)); err != nil && err != io.EOF {
			return nil, err
		}
		return nil, nil
	default:
		return nil, fmt.Errorf("no such command: %s", r.Cmd)
	}
}

func (n *node) echo(ctx context.Context, p peer.ID, size int64) error {
	s, err := n.host.NewStream(ctx, p, echoID)
	if err != nil {
		return err
	}
	defer s.Reset()
	if deadline, ok := ctx.Deadline(); ok {
		s.SetDeadline(deadline)
	}
	return echoOn(s, size)
}

func echoOn(s network.Stream, size int64) error {
	nonce := make([]byte, size)
	rand.Read(nonce)
	written := make(chan error, 1)
	go func() {
		_, err := s.Write(nonce)
		written <- errors.Join(err, s.CloseWrite())
	}()
	back, err := io.ReadAll(s)
	if err = errors.Join(err, <-written); err != nil {
		return err
	}
	if !bytes.Equal(nonce, back) {
		return fmt.Errorf("sent %d bytes, %d came back, and they differ", len(nonce), len(back))
	}
	return nil
}

func (n *node) upload(ctx context.Context, p peer.ID, id protocol.ID, count int64) (reply, error) {
	s, err := n.host.NewStream(ctx, p, id)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	begun := time.Now()
	digest, err := sendRandom(s, count)
	if err != nil {
		return nil, err
	}
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	told, err := io.ReadAll(s)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(digest, told) {
		return nil, fmt.Errorf("sent %x, the peer received %x", digest, told)
	}
	return reply{"sha256": hex.EncodeToString(digest), "seconds": time.Since(begun).Seconds()}, nil
}

func (n *node) download(ctx context.Context, p peer.ID, count int64) (reply, error) {
	s, err := n.host.NewStream(ctx, p, sourceID)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	begun := time.Now()
	if err := binary.Write(s, binary.BigEndian, uint64(count)); err != nil {
		return nil, err
	}
	digest := sha256.New()
	if _, err := io.CopyN(digest, s, count); err != nil {
		return nil, err
	}
	told, err := io.ReadAll(s)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(digest.Sum(nil), told) {
		return nil, fmt.Errorf("received %x, the peer sent %x", digest.Sum(nil), told)
	}
	return reply{"sha256": hex.EncodeToString(told), "seconds": time.Since(begun).Seconds()}, nil
}

// askReset has the peer reset our stream and tells the code that arrived.
func (n *node) askReset(ctx context.Context, p peer.ID, code uint32) (reply, error) {
	s, err := n.host.NewStream(ctx, p, resetID)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	if err := binary.Write(s, binary.BigEndian, code); err != nil {
		return nil, err
	}
	_, err = s.Read(make([]byte, 1))
	var reset *network.StreamError
	if !errors.As(err, &reset) {
		return nil, fmt.Errorf("the stream was not reset: %v", err)
	}
	return reply{"code": uint32(reset.ErrorCode), "remote": reset.Remote}, nil
}

func (n *node) giveReset(ctx context.Context, p peer.ID, code uint32) error {
	s, err := n.host.NewStream(ctx, p, sinkID)
	if err != nil {
		return err
	}
	if _, err := s.Write([]byte("never to be finished")); err != nil {
		return err
	}
	return s.ResetWithError(network.StreamErrorCode(code))
}

// streams opens many at once and echoes on each; the reply counts what came of them.
func (n *node) streams(ctx context.Context, p peer.ID, r request) (reply, error) {
	opened := make([]network.Stream, r.Count)
	failures := make([]error, r.Count)
	inParallel(r, func(i int) { opened[i], failures[i] = n.host.NewStream(ctx, p, echoID) })
	inParallel(r, func(i int) {
		if failures[i] == nil {
			failures[i] = echoOn(opened[i], r.Bytes)
			opened[i].Reset()
		}
	})
	good, errs := 0, map[string]int{}
	for _, err := range failures {
		if err == nil {
			good++
		} else {
			errs[err.Error()]++
		}
	}
	return reply{"good": good, "errors": errs}, nil
}

func inParallel(r request, work func(int)) {
	parallel := r.Parallel
	if parallel == 0 {
		parallel = r.Count
	}
	var all sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for i := range r.Count {
		all.Add(1)
		slots <- struct{}{}
		go func() {
			defer all.Done()
			work(i)
			<-slots
		}()
	}
	all.Wait()
}

// slowFast leaves one download unread while another one runs, then reads the first.
func (n *node) slowFast(ctx context.Context, p peer.ID, r request) (reply, error) {
	slow, err := n.host.NewStream(ctx, p, sourceID)
	if err != nil {
		return nil, err
	}
	defer slow.Reset()
	if err := binary.Write(slow, binary.BigEndian, uint64(r.Bytes)); err != nil {
		return nil, err
	}
	fast, err := n.download(ctx, p, r.Bytes)
	if err != nil {
		return nil, fmt.Errorf("the fast one: %w", err)
	}
	digest := sha256.New()
	if _, err := io.CopyN(digest, slow, r.Bytes); err != nil {
		return nil, fmt.Errorf("the slow one: %w", err)
	}
	told, err := io.ReadAll(slow)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(digest.Sum(nil), told) {
		return nil, errors.New("the slow one got other bytes than were sent")
	}
	return fast, nil
}

// perf runs /perf/1.0.0 once: Bytes up and Count down, counted here where they are received.
func (n *node) perf(ctx context.Context, p peer.ID, r request) (reply, error) {
	s, err := n.host.NewStream(ctx, p, perfID)
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	begun := time.Now()
	if err := binary.Write(s, binary.BigEndian, uint64(r.Count)); err != nil {
		return nil, err
	}
	if err := sendZeros(s, r.Bytes); err != nil {
		return nil, err
	}
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	received, err := io.Copy(io.Discard, s)
	if err != nil {
		return nil, err
	}
	return reply{"received": received, "seconds": time.Since(begun).Seconds()}, nil
}
