package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
)

// rateResult is how often something was done in which time.
type rateResult struct {
	N         int64   `json:"n"`
	Seconds   float64 `json:"seconds"`
	PerSecond float64 `json:"perSecond"`
}

// repeat does f n times, concurrency at a time, and stops at the first error.
func repeat(n, concurrency int, f func(worker int) error) (rateResult, error) {
	var left, done atomic.Int64
	left.Store(int64(n))
	var workers sync.WaitGroup
	errs := make([]error, concurrency)
	start := time.Now()
	for w := range concurrency {
		workers.Go(func() {
			for left.Add(-1) >= 0 {
				if errs[w] = f(w); errs[w] != nil {
					left.Store(0)
					return
				}
				done.Add(1)
			}
		})
	}
	workers.Wait()
	seconds := time.Since(start).Seconds()
	return rateResult{done.Load(), seconds, float64(done.Load()) / seconds}, errors.Join(errs...)
}

type benchStreamsParams struct {
	peerParam
	N           int `json:"n"`
	Concurrency int `json:"concurrency"`
}

// benchStreams opens a stream, has one byte echoed and closes, over and over.
func (p *testPeer) benchStreams(ctx context.Context, params benchStreamsParams) (rateResult, error) {
	return repeat(cmp.Or(params.N, 1000), clamp(params.Concurrency), func(int) error {
		return p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
			if _, err := s.Write([]byte{1}); err != nil {
				return err
			}
			if err := s.CloseWrite(); err != nil {
				return err
			}
			if n, err := copyBlocks(io.Discard, s); err != nil || n != 1 {
				return errors.Join(fmt.Errorf("echo of 1 byte has %d", n), err)
			}
			return nil
		})
	})
}

type benchEchoParams struct {
	peerParam
	N     int `json:"n"`
	Bytes int `json:"bytes"`
}

type latency struct {
	N     int   `json:"n"`
	P50Us int64 `json:"p50Micros"`
	P90Us int64 `json:"p90Micros"`
	P99Us int64 `json:"p99Micros"`
	MaxUs int64 `json:"maxMicros"`
}

// benchEcho measures round trips, one after the other, on one stream.
func (p *testPeer) benchEcho(ctx context.Context, params benchEchoParams) (latency, error) {
	times := make([]time.Duration, min(cmp.Or(params.N, 1000), 1_000_000))
	err := p.use(ctx, params.Peer, echoProtocol, func(s network.Stream) error {
		sent, received := make([]byte, min(cmp.Or(params.Bytes, 64), blockBytes)), make([]byte, blockBytes)
		for i := range times {
			start := time.Now()
			if _, err := s.Write(sent); err != nil {
				return err
			}
			for got := 0; got < len(sent); {
				n, err := s.Read(received[got:len(sent)])
				if err != nil {
					return err
				}
				got += n
			}
			times[i] = time.Since(start)
		}
		return expectEnd(s)
	})
	slices.Sort(times)
	at := func(percent int) int64 { return times[(len(times)-1)*percent/100].Microseconds() }
	return latency{len(times), at(50), at(90), at(99), at(100)}, err
}

type benchHandshakesParams struct {
	Addr        string `json:"addr"`
	N           int    `json:"n"`
	Concurrency int    `json:"concurrency"`
	NoIdentify  bool   `json:"noIdentify"` // do not wait for identify
	Security    string `json:"security"`
}

// benchHandshakes connects and closes, over and over, from one dial-only host with its own identity per worker.
func (p *testPeer) benchHandshakes(ctx context.Context, params benchHandshakesParams) (rateResult, error) {
	target, err := peer.AddrInfoFromString(params.Addr)
	if err != nil {
		return rateResult{}, err
	}
	hosts := make([]host.Host, clamp(params.Concurrency))
	for i := range hosts {
		conf := config{keyType: "ed25519", agent: "go-peer-bench", earlyMuxer: true, security: cmp.Or(params.Security, "noise")}
		key, err := newIdentity(conf)
		if err != nil {
			return rateResult{}, err
		}
		if hosts[i], err = newHost(conf, key); err != nil {
			return rateResult{}, err
		}
		defer hosts[i].Close()
	}
	return repeat(cmp.Or(params.N, 100), len(hosts), func(worker int) error {
		h := hosts[worker]
		if params.NoIdentify {
			h.Peerstore().AddAddrs(target.ID, target.Addrs, time.Minute)
			if _, err := h.Network().DialPeer(ctx, target.ID); err != nil {
				return err
			}
		} else if err := h.Connect(ctx, *target); err != nil {
			return err
		}
		return h.Network().ClosePeer(target.ID)
	})
}

func clamp(concurrency int) int { return min(max(concurrency, 1), 256) }

type benchIdleParams struct {
	Addr string `json:"addr"`
	N    int    `json:"n"`
}

// benchIdle connects n more dial-only hosts, each with its own identity, and keeps them connected until this process
// ends. They wait for identify.
func (p *testPeer) benchIdle(ctx context.Context, params benchIdleParams) (map[string]int, error) {
	target, err := peer.AddrInfoFromString(params.Addr)
	if err != nil {
		return nil, err
	}
	_, err = repeat(min(params.N, maxCrowd), 8, func(int) error {
		conf := config{keyType: "ed25519", agent: "go-peer-idle", earlyMuxer: true, security: "noise"}
		key, err := newIdentity(conf)
		if err != nil {
			return err
		}
		h, err := newHost(conf, key)
		if err != nil {
			return err
		}
		return h.Connect(ctx, *target)
	})
	return map[string]int{"connected": params.N}, err
}
