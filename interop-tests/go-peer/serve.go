package main

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// The test protocols. Either side of a test serves all of them; README.md defines them.
const (
	echoProtocol   = protocol.ID("/peerup-test/echo/1.0.0")
	sinkProtocol   = protocol.ID("/peerup-test/sink/1.0.0")
	sourceProtocol = protocol.ID("/peerup-test/source/1.0.0")
	resetProtocol  = protocol.ID("/peerup-test/reset/1.0.0")
	stallProtocol  = protocol.ID("/peerup-test/stall/1.0.0")
)

func (p *testPeer) serveStreams() {
	for id, serve := range map[protocol.ID]func(network.Stream) error{
		echoProtocol:   serveEcho,
		sinkProtocol:   serveSink,
		sourceProtocol: serveSource,
		resetProtocol:  serveReset,
		stallProtocol:  p.serveStall,
		perfProtocol:   p.servePerf,
	} {
		p.host.SetStreamHandler(id, p.handler(serve))
	}
}

// maxServedBytes is the most that a peer gets for one request.
const maxServedBytes = 1 << 40

// streamEvent tells of a stream that the remote opened.
type streamEvent struct {
	Peer     peer.ID     `json:"peer"`
	Protocol protocol.ID `json:"protocol"`
}

// handler frees the stream when serve returns. An error becomes an event: so the other side of a test learns how
// its reset arrived here.
func (p *testPeer) handler(serve func(network.Stream) error) network.StreamHandler {
	return func(s network.Stream) {
		err := serve(s)
		if err == nil {
			_ = s.Close()
			return
		}
		_ = s.Reset()
		p.out.event("stream-error", struct {
			streamEvent
			failure
		}{streamEvent{s.Conn().RemotePeer(), s.Protocol()}, failureOf(err)})
	}
}

func serveEcho(s network.Stream) error {
	if _, err := copyBlocks(s, s); err != nil {
		return err
	}
	return s.CloseWrite()
}

func serveSink(s network.Stream) error {
	sum := sha256.New()
	if _, err := copyBlocks(sum, s); err != nil {
		return err
	}
	if _, err := s.Write(sum.Sum(nil)); err != nil {
		return err
	}
	return s.CloseWrite()
}

func serveSource(s network.Stream) error {
	var count [8]byte
	if _, err := io.ReadFull(s, count[:]); err != nil {
		return err
	}
	digest, err := sendRandom(s, int64(min(binary.BigEndian.Uint64(count[:]), maxServedBytes)), nil)
	if err != nil {
		return err
	}
	if _, err := s.Write(digest); err != nil {
		return err
	}
	return s.CloseWrite()
}

func serveReset(s network.Stream) error {
	var code [4]byte
	if _, err := io.ReadFull(s, code[:]); err != nil {
		return err
	}
	return s.ResetWithError(network.StreamErrorCode(binary.BigEndian.Uint32(code[:])))
}

// stalled holds back the readers of the stall protocol.
type stalled struct {
	timeout time.Duration
	mu      sync.Mutex
	waiting int
	gate    chan struct{} // closed to let everyone go
}

func newStalled(timeout time.Duration) *stalled {
	return &stalled{timeout: timeout, gate: make(chan struct{})}
}

func (g *stalled) wait() {
	g.mu.Lock()
	gate := g.gate
	g.waiting++
	g.mu.Unlock()
	select {
	case <-gate:
	case <-time.After(g.timeout):
		g.mu.Lock()
		if gate == g.gate {
			g.waiting--
		}
		g.mu.Unlock()
	}
}

// release lets every waiting reader go and returns how many there were.
func (g *stalled) release() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	released := g.waiting
	close(g.gate)
	g.gate, g.waiting = make(chan struct{}), 0
	return released
}

// serveStall is sink with a reader that does not read before it is told to.
func (p *testPeer) serveStall(s network.Stream) error {
	p.out.event("stalled", streamEvent{s.Conn().RemotePeer(), s.Protocol()})
	p.stalled.wait()
	return serveSink(s)
}

func (p *testPeer) unstall(context.Context, none) (map[string]int, error) {
	return map[string]int{"released": p.stalled.release()}, nil
}
