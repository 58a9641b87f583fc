package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	"github.com/libp2p/go-libp2p/p2p/muxer/yamux"
	"github.com/libp2p/go-libp2p/p2p/net/upgrader"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	"github.com/libp2p/go-libp2p/x/rate"
)

// libp2pVersion is the version of go-libp2p that this binary was linked with.
func libp2pVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if dep.Path == "github.com/libp2p/go-libp2p" {
				return dep.Version
			}
		}
	}
	return "unknown"
}

// newHost starts a host with TCP, yamux, identify, ping and the circuit v2 client, and with nothing that acts on
// its own: no NAT mapping, no hole punching, no autorelay, no reachability probes.
func newHost(c config, key crypto.PrivKey) (host.Host, error) {
	options := []libp2p.Option{
		libp2p.Identity(key),
		libp2p.UserAgent(c.agent),
		libp2p.Transport(tcp.NewTCPTransport),
		libp2p.Muxer(yamux.ID, yamux.DefaultTransport),
		libp2p.EnableRelay(),
		libp2p.ForceReachabilityPublic(),
		libp2p.DisableMetrics(),
	}
	if len(c.listen) == 0 {
		options = append(options, libp2p.NoListenAddrs)
	} else {
		options = append(options, libp2p.ListenAddrStrings(c.listen...))
	}
	security, err := securityOptions(c)
	if err != nil {
		return nil, err
	}
	options = append(options, security...)
	if !c.limits {
		manager, err := limitlessResources()
		if err != nil {
			return nil, err
		}
		options = append(options, libp2p.ResourceManager(manager), libp2p.ConnectionManager(connmgr.NullConnMgr{}))
	}
	return libp2p.New(options...)
}

func securityOptions(c config) ([]libp2p.Option, error) {
	// A security transport that knows no muxers offers none inside its handshake.
	offered := func(muxers []upgrader.StreamMuxer) []upgrader.StreamMuxer {
		if c.earlyMuxer {
			return muxers
		}
		return nil
	}
	constructors := map[string]libp2p.Option{
		"noise": libp2p.Security(noise.ID,
			func(id protocol.ID, key crypto.PrivKey, muxers []upgrader.StreamMuxer) (*noise.Transport, error) {
				return noise.New(id, key, offered(muxers))
			}),
		"tls": libp2p.Security(libp2ptls.ID,
			func(id protocol.ID, key crypto.PrivKey, muxers []upgrader.StreamMuxer) (*libp2ptls.Transport, error) {
				return libp2ptls.New(id, key, offered(muxers))
			}),
	}
	var options []libp2p.Option
	for name := range strings.SplitSeq(c.security, ",") {
		option, known := constructors[name]
		if !known {
			return nil, fmt.Errorf("-security: %q is neither noise nor tls", name)
		}
		options = append(options, option)
	}
	return options, nil
}

func limitlessResources() (network.ResourceManager, error) {
	return rcmgr.NewResourceManager(
		rcmgr.NewFixedLimiter(rcmgr.InfiniteLimits),
		rcmgr.WithMetricsDisabled(),
		rcmgr.WithConnRateLimiters(&rate.Limiter{}),
		rcmgr.WithLimitPerSubnet([]rcmgr.ConnLimitPerSubnet{}, []rcmgr.ConnLimitPerSubnet{}),
	)
}
