package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"

	ma "github.com/multiformats/go-multiaddr"
)

// testPeer is a host and what it was told to do.
type testPeer struct {
	host       host.Host
	out        *output
	identities *identities
	stalled    *stalled
	acl        *relayACL
	relay      *relay.Relay // nil unless this is a relay
}

func newPeer(c config, out *output) (*testPeer, error) {
	key, err := newIdentity(c)
	if err != nil {
		return nil, err
	}
	h, err := newHost(c, key)
	if err != nil {
		return nil, err
	}
	p := &testPeer{host: h, out: out, stalled: newStalled(c.stallTimeout), acl: &relayACL{}}
	if p.identities, err = watchIdentities(h); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	h.Network().Notify(&network.NotifyBundle{ConnectedF: p.connected, DisconnectedF: p.disconnected})
	p.serveStreams()
	if c.relayService {
		if p.relay, err = newRelay(h, c, p.acl); err != nil {
			return nil, errors.Join(err, h.Close())
		}
	}
	return p, nil
}

func (p *testPeer) close() {
	if p.relay != nil {
		_ = p.relay.Close()
	}
	p.stalled.release()
	p.identities.close()
	_ = p.host.Close()
}

func (p *testPeer) commands() map[string]command {
	return map[string]command{
		"info":        typed(func(context.Context, none) (info, error) { return p.info(), nil }),
		"listen":      typed(p.listen),
		"connect":     typed(p.connect),
		"disconnect":  typed(p.disconnect),
		"connections": typed(p.connections),

		"ping":            typed(p.ping),
		"identify":        typed(p.identify),
		"await-protocol":  typed(p.awaitProtocol),
		"await-address":   typed(p.awaitAddress),
		"add-protocol":    typed(p.addProtocol),
		"remove-protocol": typed(p.removeProtocol),

		"echo":       typed(p.echo),
		"upload":     typed(p.upload),
		"download":   typed(p.download),
		"half-close": typed(p.halfClose),
		"ask-reset":  typed(p.askReset),
		"give-reset": typed(p.giveReset),
		"open":       typed(p.openAny),
		"unstall":    typed(p.unstall),
		"streams":    typed(p.streams),
		"slow-fast":  typed(p.slowFast),
		"thousand":   typed(p.thousand),

		"perf":             typed(p.perf),
		"bench-streams":    typed(p.benchStreams),
		"bench-echo":       typed(p.benchEcho),
		"bench-handshakes": typed(p.benchHandshakes),
		"bench-idle":       typed(p.benchIdle),

		"reserve":     typed(p.reserve),
		"connect-via": typed(p.connectVia),
		"circuit-raw": typed(p.circuitRaw),
		"stop-raw":    typed(p.stopRaw),
		"relay-acl":   typed(p.setRelayACL),

		"stats": typed(p.stats),
		"gc":    typed(p.gc),
	}
}

type info struct {
	Peer      peer.ID  `json:"peer"`
	Addrs     []string `json:"addrs"`   // with /p2p
	Version   string   `json:"version"` // of go-libp2p
	Protocols []string `json:"protocols"`
}

func (p *testPeer) info() info {
	i := info{Peer: p.host.ID(), Addrs: []string{}, Version: libp2pVersion()}
	self := ma.StringCast("/p2p/" + p.host.ID().String())
	// Not host.Addrs(), which follows a new listener only after a while and includes what others observed.
	addrs, err := p.host.Network().InterfaceListenAddresses()
	if err != nil {
		addrs = p.host.Network().ListenAddresses()
	}
	for _, a := range addrs {
		if !isRelayed(a) {
			i.Addrs = append(i.Addrs, a.Encapsulate(self).String())
		}
	}
	i.Protocols = protocol.ConvertToStrings(p.host.Mux().Protocols())
	return i
}

type listenParams struct {
	Addr string `json:"addr"`
}

func (p *testPeer) listen(_ context.Context, params listenParams) (info, error) {
	a, err := ma.NewMultiaddr(params.Addr)
	if err != nil {
		return info{}, err
	}
	err = p.host.Network().Listen(a)
	return p.info(), err
}

// peerParam is the parameter that names the peer a command talks to.
type peerParam struct {
	Peer peer.ID `json:"peer"`
}

// open opens a stream on an existing connection; it never dials. Reads and writes end with the command.
func (p *testPeer) open(ctx context.Context, id peer.ID, proto protocol.ID) (network.Stream, error) {
	s, err := p.host.NewStream(network.WithNoDial(ctx, "commands say when to connect"), id, proto)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", proto, err)
	}
	if deadline, ok := ctx.Deadline(); ok {
		_ = s.SetDeadline(deadline)
	}
	return s, nil
}
