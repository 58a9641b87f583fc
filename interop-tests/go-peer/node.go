package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/core/sec"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	"github.com/libp2p/go-libp2p/p2p/net/upgrader"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	ma "github.com/multiformats/go-multiaddr"
)

type node struct {
	host    host.Host
	unstall chan struct{}
}

func start(o options) (*node, error) {
	key, err := privateKey(o)
	if err != nil {
		return nil, err
	}
	opts := []libp2p.Option{
		libp2p.Identity(key), libp2p.UserAgent(o.agent), libp2p.Transport(tcp.NewTCPTransport),
		libp2p.DisableMetrics(),
	}
	if o.listen == "" {
		opts = append(opts, libp2p.NoListenAddrs, libp2p.EnableRelay())
	} else {
		opts = append(opts, libp2p.ListenAddrStrings(o.listen))
	}
	for _, name := range strings.Split(o.security, ",") {
		opts = append(opts, security(name, o.earlyMuxer))
	}
	if !o.limits {
		manager, err := rcmgr.NewResourceManager(rcmgr.NewFixedLimiter(rcmgr.InfiniteLimits))
		if err != nil {
			return nil, err
		}
		opts = append(opts, libp2p.ResourceManager(manager))
	}
	h, err := libp2p.New(opts...)
	if err != nil {
		return nil, err
	}
	n := &node{host: h, unstall: make(chan struct{})}
	n.serve()
	h.Network().Notify(&network.NotifyBundle{
		ConnectedF:    func(_ network.Network, c network.Conn) { emit(connection(c).with("event", "connected")) },
		DisconnectedF: func(_ network.Network, c network.Conn) { emit(connection(c).with("event", "disconnected")) },
	})
	if o.relay.on {
		if err := serveRelay(h, o.relay); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func privateKey(o options) (crypto.PrivKey, error) {
	source := io.Reader(rand.Reader)
	if o.seed != "" {
		digest := sha256.Sum256([]byte(o.seed))
		source = bytes.NewReader(digest[:])
	}
	types := map[string]int{
		"ed25519": crypto.Ed25519, "secp256k1": crypto.Secp256k1, "ecdsa": crypto.ECDSA, "rsa": crypto.RSA,
	}
	kind, known := types[o.keyType]
	if !known {
		return nil, fmt.Errorf("no such key type: %s", o.keyType)
	}
	key, _, err := crypto.GenerateKeyPairWithReader(kind, 2048, source)
	return key, err
}

// security offers one protocol; without early muxers the list inside the handshake is empty.
func security(name string, early bool) libp2p.Option {
	muxers := func(offered []upgrader.StreamMuxer) []upgrader.StreamMuxer {
		if early {
			return offered
		}
		return nil
	}
	if name == "tls" {
		return libp2p.Security(libp2ptls.ID,
			func(id protocol.ID, key crypto.PrivKey, offered []upgrader.StreamMuxer) (sec.SecureTransport, error) {
				return libp2ptls.New(id, key, muxers(offered))
			})
	}
	return libp2p.Security(noise.ID,
		func(id protocol.ID, key crypto.PrivKey, offered []upgrader.StreamMuxer) (sec.SecureTransport, error) {
			return noise.New(id, key, muxers(offered))
		})
}

func (n *node) info() reply {
	addrs := []string{}
	for _, a := range n.host.Addrs() {
		addrs = append(addrs, fmt.Sprintf("%s/p2p/%s", a, n.host.ID()))
	}
	version := "unknown"
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range build.Deps {
			if dep.Path == "github.com/libp2p/go-libp2p" {
				version = dep.Version
			}
		}
	}
	return reply{"peer": n.host.ID().String(), "addrs": addrs, "version": version}
}

func (n *node) handle(r request) (reply, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout(r))
	defer cancel()
	ctx = network.WithAllowLimitedConn(ctx, "test")
	switch r.Cmd {
	case "info":
		return n.info(), nil
	case "connect":
		return n.connect(ctx, r.Addr)
	case "disconnect":
		return nil, n.host.Network().ClosePeer(id(r.Peer))
	case "ping":
		return n.ping(ctx, id(r.Peer), r.Count)
	case "identify":
		return n.identify(ctx, id(r.Peer))
	case "await-protocol":
		return nil, n.awaitProtocol(ctx, id(r.Peer), protocol.ID(r.Protocol), r.Present)
	case "add-protocol":
		n.host.SetStreamHandler(protocol.ID(r.Protocol), func(s network.Stream) { s.Close() })
		return nil, nil
	case "remove-protocol":
		n.host.RemoveStreamHandler(protocol.ID(r.Protocol))
		return nil, nil
	case "stats":
		return n.stats(), nil
	case "reserve":
		return n.reserve(ctx, r.Relay)
	default:
		return n.stream(ctx, r)
	}
}

func timeout(r request) time.Duration {
	if r.Millis > 0 {
		return time.Duration(r.Millis) * time.Millisecond
	}
	return time.Minute
}

func id(text string) peer.ID {
	p, err := peer.Decode(text)
	if err != nil {
		return ""
	}
	return p
}

func (n *node) connect(ctx context.Context, addr string) (reply, error) {
	target, err := peer.AddrInfoFromString(addr)
	if err != nil {
		return nil, err
	}
	if err := n.host.Connect(ctx, *target); err != nil {
		return nil, err
	}
	conns := n.host.Network().ConnsToPeer(target.ID)
	if len(conns) == 0 {
		return nil, errors.New("the connection is gone already")
	}
	return connection(conns[0]), nil
}

func connection(c network.Conn) reply {
	state := c.ConnState()
	return reply{
		"peer": c.RemotePeer().String(), "local": c.LocalMultiaddr().String(), "remote": c.RemoteMultiaddr().String(),
		"security": string(state.Security), "muxer": string(state.StreamMultiplexer),
		"early": state.UsedEarlyMuxerNegotiation, "limited": c.Stat().Limited,
	}
}

func (n *node) ping(ctx context.Context, p peer.ID, count int) (reply, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	micros := []int64{}
	for result := range ping.Ping(ctx, n.host, p) {
		if result.Error != nil {
			return nil, result.Error
		}
		if micros = append(micros, result.RTT.Microseconds()); len(micros) >= count {
			break
		}
	}
	return reply{"micros": micros}, nil
}

// identify tells what go learned about a peer; it waits until the exchange on a connection is over.
func (n *node) identify(ctx context.Context, p peer.ID) (reply, error) {
	store := n.host.Peerstore()
	for agent := any(nil); agent == nil; {
		agent, _ = store.Get(p, "AgentVersion")
		if agent == nil {
			select {
			case <-ctx.Done():
				return nil, errors.New("the peer was not identified")
			case <-time.After(10 * time.Millisecond):
			}
		}
	}
	agent, _ := store.Get(p, "AgentVersion")
	version, _ := store.Get(p, "ProtocolVersion")
	protocols, err := store.GetProtocols(p)
	if err != nil {
		return nil, err
	}
	answer := reply{"agent": agent, "protocolVersion": version, "protocols": protocols, "addrs": texts(store.Addrs(p))}
	if key := store.PubKey(p); key != nil {
		answer["key"] = key.Type().String()
	}
	if book, ok := peerstore.GetCertifiedAddrBook(store); ok {
		if envelope := book.GetPeerRecord(p); envelope != nil {
			if record, err := envelope.Record(); err == nil {
				signed := record.(*peer.PeerRecord)
				answer["signed"] = reply{"addrs": texts(signed.Addrs), "seq": signed.Seq}
			}
		}
	}
	return answer, nil
}

func texts(addrs []ma.Multiaddr) []string {
	out := []string{}
	for _, a := range addrs {
		out = append(out, a.String())
	}
	return out
}

// awaitProtocol returns when the peer is known to speak, or not to speak, a protocol; a push tells it.
func (n *node) awaitProtocol(ctx context.Context, p peer.ID, id protocol.ID, present bool) error {
	changes, err := n.host.EventBus().Subscribe(new(event.EvtPeerProtocolsUpdated), eventbus.BufSize(64))
	if err != nil {
		return err
	}
	defer changes.Close()
	for {
		known, err := n.host.Peerstore().SupportsProtocols(p, id)
		if err != nil {
			return err
		}
		if (len(known) > 0) == present {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.New("no push told so")
		case <-changes.Out():
		}
	}
}

func (n *node) stats() reply {
	runtime.GC()
	streams, conns := 0, n.host.Network().Conns()
	for _, c := range conns {
		streams += len(c.GetStreams())
	}
	rss := 0
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for _, line := range strings.Split(string(status), "\n") {
			fmt.Sscanf(line, "VmRSS: %d kB", &rss)
		}
	}
	return reply{"conns": len(conns), "streams": streams, "rssKb": rss, "goroutines": runtime.NumGoroutine()}
}

func describe(err error) reply {
	answer := reply{"error": err.Error()}
	var reset *network.StreamError
	if errors.As(err, &reset) {
		answer["code"], answer["remote"] = uint32(reset.ErrorCode), reset.Remote
	}
	return relayStatus(err, answer)
}
