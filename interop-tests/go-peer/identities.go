package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"

	ma "github.com/multiformats/go-multiaddr"
)

// identity is what the last identify or push message of a peer said, and what go-libp2p made of it.
type identity struct {
	Agent           string        `json:"agent"`
	ProtocolVersion string        `json:"protocolVersion"`
	Protocols       []string      `json:"protocols"`
	ListenAddrs     []string      `json:"listenAddrs"` // field 2 of the message
	ObservedAddr    string        `json:"observed,omitempty"`
	SignedRecord    *signedRecord `json:"signed"`
	Messages        int           `json:"messages"` // identify and pushes so far

	KeyType        string   `json:"key"`
	PeerstoreAddrs []string `json:"addrs"`
}

// signedRecord is the peer record that arrived. go-libp2p reports one only if the envelope is signed by the peer
// itself and names it.
type signedRecord struct {
	Peer  peer.ID  `json:"peer"`
	Seq   uint64   `json:"seq"`
	Addrs []string `json:"addrs"`
}

// identities follows the identify service of a host.
type identities struct {
	host    host.Host
	events  event.Subscription
	mu      sync.Mutex
	known   map[peer.ID]identity
	changed chan struct{} // closed and replaced when known changes
}

func watchIdentities(h host.Host) (*identities, error) {
	events, err := h.EventBus().Subscribe(new(event.EvtPeerIdentificationCompleted), eventbus.BufSize(1024))
	if err != nil {
		return nil, err
	}
	i := &identities{host: h, events: events, known: make(map[peer.ID]identity), changed: make(chan struct{})}
	go func() {
		for e := range events.Out() {
			i.put(e.(event.EvtPeerIdentificationCompleted))
		}
	}()
	return i, nil
}

func (i *identities) close() { _ = i.events.Close() }

func (i *identities) put(e event.EvtPeerIdentificationCompleted) {
	next := identity{
		Agent:           e.AgentVersion,
		ProtocolVersion: e.ProtocolVersion,
		Protocols:       sorted(protocol.ConvertToStrings(e.Protocols)),
		ListenAddrs:     texts(e.ListenAddrs),
		SignedRecord:    opened(e.SignedPeerRecord),
	}
	if e.ObservedAddr != nil {
		next.ObservedAddr = e.ObservedAddr.String()
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	next.Messages = i.known[e.Peer].Messages + 1
	i.known[e.Peer] = next
	close(i.changed)
	i.changed = make(chan struct{})
}

func opened(envelope *record.Envelope) *signedRecord {
	if envelope == nil {
		return nil
	}
	r, err := envelope.Record()
	if err != nil {
		return nil
	}
	rec, ok := r.(*peer.PeerRecord)
	if !ok {
		return nil
	}
	return &signedRecord{Peer: rec.PeerID, Seq: rec.Seq, Addrs: texts(rec.Addrs)}
}

// lookup also returns a channel that closes when any peer's identity changes.
func (i *identities) lookup(p peer.ID) (identity, <-chan struct{}) {
	i.mu.Lock()
	known, changed := i.known[p], i.changed
	i.mu.Unlock()
	known.PeerstoreAddrs = texts(i.host.Peerstore().Addrs(p))
	if key := i.host.Peerstore().PubKey(p); key != nil {
		known.KeyType = key.Type().String()
	}
	return known, changed
}

func (i *identities) forget(p peer.ID) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.known, p)
}

// identify waits until the peer has identified itself.
func (p *testPeer) identify(ctx context.Context, params peerParam) (identity, error) {
	for {
		known, changed := p.identities.lookup(params.Peer)
		if known.Messages > 0 {
			return known, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return known, fmt.Errorf("%s has not identified itself", params.Peer)
		}
	}
}

type awaitProtocolParams struct {
	peerParam
	Protocol string `json:"protocol"`
	Present  bool   `json:"present"`
}

// awaitProtocol waits until the peer says that it supports a protocol, or no longer does.
func (p *testPeer) awaitProtocol(ctx context.Context, params awaitProtocolParams) (identity, error) {
	return p.await(ctx, params.Peer, params.Present, func(known identity) bool {
		return slices.Contains(known.Protocols, params.Protocol)
	})
}

type awaitAddressParams struct {
	peerParam
	Addr    string `json:"addr"` // without /p2p
	Present bool   `json:"present"`
}

// awaitAddress waits until the peer says that it listens on an address, or no longer does.
func (p *testPeer) awaitAddress(ctx context.Context, params awaitAddressParams) (identity, error) {
	return p.await(ctx, params.Peer, params.Present, func(known identity) bool {
		return slices.Contains(known.ListenAddrs, params.Addr)
	})
}

func (p *testPeer) await(ctx context.Context, id peer.ID, present bool, claimed func(identity) bool) (identity, error) {
	for {
		known, changed := p.identities.lookup(id)
		if known.Messages > 0 && claimed(known) == present {
			return known, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return known, fmt.Errorf("%d identify messages, none told so", known.Messages)
		}
	}
}

type protocolParam struct {
	Protocol protocol.ID `json:"protocol"`
}

// addProtocol serves echo under another name, which go-libp2p pushes to every peer.
func (p *testPeer) addProtocol(_ context.Context, params protocolParam) (none, error) {
	if !strings.HasPrefix(string(params.Protocol), "/") {
		return none{}, fmt.Errorf("%q is no protocol id", params.Protocol)
	}
	p.host.SetStreamHandler(params.Protocol, p.handler(serveEcho))
	return none{}, nil
}

func (p *testPeer) removeProtocol(_ context.Context, params protocolParam) (none, error) {
	p.host.RemoveStreamHandler(params.Protocol)
	return none{}, nil
}

type pingParams struct {
	peerParam
	Count int `json:"count"`
}

type rtts struct {
	RTTUs []int64 `json:"micros"`
}

func (p *testPeer) ping(ctx context.Context, params pingParams) (rtts, error) {
	ctx, cancel := context.WithCancel(network.WithNoDial(ctx, "commands say when to connect"))
	defer cancel()
	results := ping.Ping(ctx, p.host, params.Peer)
	var all rtts
	for range max(params.Count, 1) {
		select {
		case r, ok := <-results:
			if !ok {
				return all, fmt.Errorf("ping stopped after %d answers: %w", len(all.RTTUs), context.Cause(ctx))
			}
			if r.Error != nil {
				return all, fmt.Errorf("after %d answers: %w", len(all.RTTUs), r.Error)
			}
			all.RTTUs = append(all.RTTUs, r.RTT.Microseconds())
		case <-ctx.Done():
			return all, fmt.Errorf("after %d answers: %w", len(all.RTTUs), ctx.Err())
		}
	}
	return all, nil
}

func texts(addrs []ma.Multiaddr) []string {
	t := make([]string, 0, len(addrs))
	for _, a := range addrs {
		t = append(t, a.String())
	}
	return sorted(t)
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
