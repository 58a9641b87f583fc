package main

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"

	ma "github.com/multiformats/go-multiaddr"
)

func newRelay(h host.Host, c config, acl relay.ACLFilter) (*relay.Relay, error) {
	options := []relay.Option{relay.WithResources(c.relay), relay.WithACL(acl)}
	if !c.relayPublicOnly {
		// By default a relay vouches for public addresses only, and a test has none.
		options = append(options, relay.WithReservationAddressFilter(func(a ma.Multiaddr) bool { return !isRelayed(a) }))
	}
	return relay.New(h, options...)
}

// relayACL refuses who it is told to; "*" stands for everyone.
type relayACL struct {
	mu    sync.Mutex
	rules aclParams
}

type aclParams struct {
	DenyReserve     []string `json:"denyReserve"`     // who may not reserve
	DenyConnectFrom []string `json:"denyConnectFrom"` // who may not open circuits
	DenyConnectTo   []string `json:"denyConnectTo"`   // to whom no circuit may be opened
}

var _ relay.ACLFilter = (*relayACL)(nil)

func (a *relayACL) AllowReserve(p peer.ID, _ ma.Multiaddr) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !names(a.rules.DenyReserve, p)
}

func (a *relayACL) AllowConnect(from peer.ID, _ ma.Multiaddr, to peer.ID) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return !names(a.rules.DenyConnectFrom, from) && !names(a.rules.DenyConnectTo, to)
}

func names(list []string, p peer.ID) bool {
	return slices.Contains(list, "*") || slices.Contains(list, p.String())
}

func (p *testPeer) setRelayACL(_ context.Context, rules aclParams) (none, error) {
	if p.relay == nil {
		return none{}, fmt.Errorf("not a relay: start with -relay")
	}
	p.acl.mu.Lock()
	defer p.acl.mu.Unlock()
	p.acl.rules = rules
	return none{}, nil
}

type reserveParams struct {
	Relay string `json:"relay"` // multiaddr with /p2p, or peer id if connected
}

type reservation struct {
	Relay             peer.ID  `json:"relay"`
	ExpirationUnix    int64    `json:"expires"`
	Addrs             []string `json:"addrs"`           // as the relay told them
	CircuitAddrs      []string `json:"circuitAddrs"`    // where others reach us
	LimitSeconds      int64    `json:"durationSeconds"` // 0: no limit
	LimitBytes        uint64   `json:"dataBytes"`       // 0: no limit
	Voucher           bool     `json:"voucher"`         // present; go-libp2p refuses an invalid one
	VoucherExpiration int64    `json:"voucherExpires,omitempty"`
}

// reserve asks a relay for a reservation. A refusal is an error with relay_status.
func (p *testPeer) reserve(ctx context.Context, params reserveParams) (reservation, error) {
	target, err := parseTarget(params.Relay)
	if err != nil {
		return reservation{}, err
	}
	granted, err := client.Reserve(ctx, p.host, target)
	if err != nil {
		return reservation{}, err
	}
	r := reservation{
		Relay:          target.ID,
		ExpirationUnix: granted.Expiration.Unix(),
		Addrs:          texts(granted.Addrs),
		LimitSeconds:   int64(granted.LimitDuration.Seconds()),
		LimitBytes:     granted.LimitData,
		Voucher:        granted.Voucher != nil,
	}
	if granted.Voucher != nil {
		r.VoucherExpiration = granted.Voucher.Expiration.Unix()
	}
	for _, a := range r.Addrs {
		r.CircuitAddrs = append(r.CircuitAddrs, a+"/p2p-circuit/p2p/"+p.host.ID().String())
	}
	return r, nil
}

func parseTarget(text string) (peer.AddrInfo, error) {
	if id, err := peer.Decode(text); err == nil {
		return peer.AddrInfo{ID: id}, nil
	}
	target, err := peer.AddrInfoFromString(text)
	if err != nil {
		return peer.AddrInfo{}, err
	}
	return *target, nil
}

type connectViaParams struct {
	Relay string  `json:"relay"` // multiaddr with /p2p, or peer id if connected
	Peer  peer.ID `json:"peer"`
}

// connectVia reaches a peer through a relay. A refusal is an error with relay_status.
func (p *testPeer) connectVia(ctx context.Context, params connectViaParams) (connected, error) {
	through := params.Relay
	if id, err := peer.Decode(through); err == nil {
		through = "/p2p/" + id.String()
	}
	circuit, err := ma.NewMultiaddr(through + "/p2p-circuit")
	if err != nil {
		return connected{}, err
	}
	ctx = network.WithAllowLimitedConn(ctx, "a circuit may be limited")
	return p.dial(ctx, peer.AddrInfo{ID: params.Peer, Addrs: []ma.Multiaddr{circuit}})
}
