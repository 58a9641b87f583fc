package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// perfProtocol: the client says in 8 bytes, big endian, how many bytes it wants, sends its own and closes its side;
// the server reads to the end, sends that many bytes and closes.
const perfProtocol = protocol.ID("/perf/1.0.0")

// perfServed is what the serving side counted.
type perfServed struct {
	streamEvent
	Received   int64 `json:"received"`
	ReceivedUs int64 `json:"receivedMicros"` // from the 8 bytes to the end
	Sent       int64 `json:"sent"`
	SentUs     int64 `json:"sentMicros"`
}

func (p *testPeer) servePerf(s network.Stream) error {
	served := perfServed{streamEvent: streamEvent{s.Conn().RemotePeer(), s.Protocol()}}
	var ask [8]byte
	if _, err := io.ReadFull(s, ask[:]); err != nil {
		return err
	}
	start := time.Now()
	var err error
	if served.Received, err = copyBlocks(io.Discard, s); err != nil {
		return err
	}
	served.ReceivedUs = time.Since(start).Microseconds()
	start = time.Now()
	if served.Sent, err = sendZeros(s, int64(min(binary.BigEndian.Uint64(ask[:]), maxServedBytes))); err != nil {
		return err
	}
	if err := s.CloseWrite(); err != nil {
		return err
	}
	served.SentUs = time.Since(start).Microseconds()
	p.out.event("perf", served)
	return nil
}

func sendZeros(w io.Writer, n int64) (int64, error) {
	block := make([]byte, blockBytes)
	var done int64
	for done < n {
		k, err := w.Write(block[:min(blockBytes, n-done)])
		done += int64(k)
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

type perfParams struct {
	peerParam
	Up   int64 `json:"up"`
	Down int64 `json:"down"`
}

type perfResult struct {
	Up          int64   `json:"up"`
	UpSeconds   float64 `json:"upSeconds"` // until the first byte or the end came back: the server had read all
	UpGbit      float64 `json:"upGbitPerSecond"`
	Down        int64   `json:"down"` // received here
	DownSeconds float64 `json:"downSeconds"`
	DownGbit    float64 `json:"downGbitPerSecond"`
	Seconds     float64 `json:"seconds"` // from opening the stream
}

func (p *testPeer) perf(ctx context.Context, params perfParams) (perfResult, error) {
	var r perfResult
	start := time.Now()
	err := p.use(ctx, params.Peer, perfProtocol, func(s network.Stream) error {
		var ask [8]byte
		binary.BigEndian.PutUint64(ask[:], uint64(params.Down))
		if _, err := s.Write(ask[:]); err != nil {
			return err
		}
		began := time.Now()
		var err error
		if r.Up, err = sendZeros(s, params.Up); err != nil {
			return err
		}
		if err := s.CloseWrite(); err != nil {
			return err
		}
		first, err := s.Read(make([]byte, 1))
		if err != nil && err != io.EOF {
			return err
		}
		r.UpSeconds = time.Since(began).Seconds()
		began = time.Now()
		rest, err := copyBlocks(io.Discard, s)
		if err != nil {
			return err
		}
		r.Down, r.DownSeconds = rest+int64(first), time.Since(began).Seconds()
		if r.Down != params.Down {
			return fmt.Errorf("asked for %d bytes, received %d", params.Down, r.Down)
		}
		return nil
	})
	r.Seconds = time.Since(start).Seconds()
	r.UpGbit, r.DownGbit = gbit(r.Up, r.UpSeconds), gbit(r.Down, r.DownSeconds)
	return r, err
}

func gbit(bytes int64, seconds float64) float64 {
	if bytes == 0 || seconds == 0 {
		return 0
	}
	return float64(bytes) * 8 / 1e9 / seconds
}
