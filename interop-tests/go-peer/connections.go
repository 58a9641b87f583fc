package main

import (
	"context"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"

	ma "github.com/multiformats/go-multiaddr"
)

// connection is what go-libp2p knows of one connection.
type connection struct {
	Peer         peer.ID `json:"peer"`
	Direction    string  `json:"direction"`
	LocalAddr    string  `json:"local"`
	RemoteAddr   string  `json:"remote"`
	Transport    string  `json:"transport"` // of a circuit go-libp2p tells nothing but this: p2p-circuit
	Security     string  `json:"security"`
	Muxer        string  `json:"muxer"`
	EarlyMuxer   bool    `json:"early"`
	Limited      bool    `json:"limited"`
	LimitSeconds *int64  `json:"durationSeconds,omitempty"` // of a circuit
	LimitBytes   *uint64 `json:"dataBytes,omitempty"`       // of a circuit
	KeyType      string  `json:"key"`
	Streams      int     `json:"streams"`
	OpenedUnixMs int64   `json:"openedMillis"`
}

func describe(c network.Conn) connection {
	state, stat := c.ConnState(), c.Stat()
	d := connection{
		Peer:         c.RemotePeer(),
		Direction:    map[network.Direction]string{network.DirInbound: "inbound", network.DirOutbound: "outbound"}[stat.Direction],
		LocalAddr:    c.LocalMultiaddr().String(),
		RemoteAddr:   c.RemoteMultiaddr().String(),
		Transport:    state.Transport,
		Security:     string(state.Security),
		Muxer:        string(state.StreamMultiplexer),
		EarlyMuxer:   state.UsedEarlyMuxerNegotiation,
		Limited:      stat.Limited,
		Streams:      len(c.GetStreams()),
		OpenedUnixMs: stat.Opened.UnixMilli(),
	}
	if key := c.RemotePublicKey(); key != nil {
		d.KeyType = key.Type().String()
	}
	if limit, ok := stat.Extra[client.StatLimitDuration].(time.Duration); ok {
		seconds := int64(limit / time.Second)
		d.LimitSeconds = &seconds
	}
	if limit, ok := stat.Extra[client.StatLimitData].(uint64); ok {
		d.LimitBytes = &limit
	}
	return d
}

type connectParams struct {
	Addr string `json:"addr"`
}

type connected struct {
	connection
	Already         bool     `json:"already,omitempty"` // was connected before
	Identified      bool     `json:"identified"`
	Agent           string   `json:"agent"`
	ProtocolVersion string   `json:"protocolVersion"`
	Protocols       []string `json:"protocols"`
	ConnectUs       int64    `json:"connectMicros"` // includes identify
}

func (p *testPeer) connect(ctx context.Context, params connectParams) (connected, error) {
	target, err := peer.AddrInfoFromString(params.Addr)
	if err != nil {
		return connected{}, err
	}
	return p.dial(ctx, *target)
}

// dial tries exactly the given addresses: what earlier attempts left behind, addresses and back-off, is forgotten.
func (p *testPeer) dial(ctx context.Context, target peer.AddrInfo) (connected, error) {
	already := p.host.Network().Connectedness(target.ID) != network.NotConnected
	if !already {
		p.host.Peerstore().ClearAddrs(target.ID)
	}
	if s, ok := p.host.Network().(*swarm.Swarm); ok {
		s.Backoff().Clear(target.ID)
	}
	start := time.Now()
	if err := p.host.Connect(ctx, target); err != nil {
		return connected{}, err
	}
	took := time.Since(start)
	conns := p.host.Network().ConnsToPeer(target.ID)
	if len(conns) == 0 {
		return connected{}, fmt.Errorf("connection to %s closed at once", target.ID)
	}
	done := connected{connection: describe(conns[len(conns)-1]), Already: already, ConnectUs: took.Microseconds()}
	done.Agent, _ = p.told(target.ID, "AgentVersion")
	done.ProtocolVersion, done.Identified = p.told(target.ID, "ProtocolVersion")
	protocols, err := p.host.Peerstore().GetProtocols(target.ID)
	done.Protocols = sorted(protocol.ConvertToStrings(protocols))
	return done, err
}

// told is what a peer said of itself by identify; false if it said nothing.
func (p *testPeer) told(id peer.ID, key string) (string, bool) {
	value, err := p.host.Peerstore().Get(id, key)
	text, ok := value.(string)
	return text, ok && err == nil
}

type disconnectParams struct {
	peerParam
	Code uint32 `json:"code"`
}

// disconnect closes every connection to the peer, with an error code on the wire if the code is not 0.
func (p *testPeer) disconnect(_ context.Context, params disconnectParams) (map[string]int, error) {
	conns := p.host.Network().ConnsToPeer(params.Peer)
	for _, c := range conns {
		if params.Code == 0 {
			_ = c.Close()
		} else {
			_ = c.CloseWithError(network.ConnErrorCode(params.Code))
		}
	}
	return map[string]int{"closed": len(conns)}, nil
}

func (p *testPeer) connections(context.Context, none) (map[string][]connection, error) {
	all := []connection{}
	for _, c := range p.host.Network().Conns() {
		all = append(all, describe(c))
	}
	return map[string][]connection{"connections": all}, nil
}

func (p *testPeer) connected(_ network.Network, c network.Conn) {
	p.out.event("connected", describe(c))
}

func (p *testPeer) disconnected(n network.Network, c network.Conn) {
	p.out.event("disconnected", struct {
		connection
		Reason failure `json:"reason"`
	}{describe(c), closeReason(c)})
	if n.Connectedness(c.RemotePeer()) == network.NotConnected {
		p.identities.forget(c.RemotePeer())
	}
}

// closeReason asks a closed connection for a stream: the refusal says how it was closed, which go-libp2p tells
// nowhere else.
func closeReason(c network.Conn) failure {
	ctx, cancel := context.WithTimeout(network.WithAllowLimitedConn(context.Background(), "only asking"), time.Second)
	defer cancel()
	s, err := c.NewStream(ctx)
	if err != nil {
		return failureOf(err)
	}
	_ = s.Reset()
	return failure{}
}

// isRelayed tells whether an address goes through a relay.
func isRelayed(a ma.Multiaddr) bool {
	_, err := a.ValueForProtocol(ma.P_CIRCUIT)
	return err == nil
}
