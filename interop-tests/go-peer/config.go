package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
)

// config is what the command line says.
type config struct {
	keyType  string
	seed     uint64
	seeded   bool
	rsaBits  int
	listen   listFlag
	agent    string
	security string // names, in the order they are proposed

	limits       bool
	earlyMuxer   bool
	noEvents     bool
	stallTimeout time.Duration

	relayService    bool
	relayPublicOnly bool
	relay           relay.Resources
}

type listFlag []string

func (l *listFlag) String() string { return strings.Join(*l, ",") }

func (l *listFlag) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func parseFlags(args []string, stderr io.Writer) (config, error) {
	c := config{relay: relay.DefaultResources()}
	limit := relay.DefaultLimit()
	var unlimited, dialOnly bool

	f := flag.NewFlagSet("go-peer", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&c.keyType, "key", "ed25519", "ed25519, secp256k1, ecdsa or rsa")
	f.Uint64Var(&c.seed, "seed", 0, "Ed25519 identity: 24 zero bytes, then this number big endian (default random)")
	f.IntVar(&c.rsaBits, "rsa-bits", 2048, "size of an RSA key")
	f.Var(&c.listen, "listen", "multiaddr to listen on, tcp only, repeatable (default /ip4/127.0.0.1/tcp/0)")
	f.BoolVar(&dialOnly, "dial-only", false, "listen on nothing")
	f.StringVar(&c.agent, "agent", "go-peer/1", "agent version told by identify")
	f.StringVar(&c.security, "security", "noise", "noise, tls, or both in the order to propose, as in tls,noise")
	f.BoolVar(&c.limits, "limits", false, "keep the default limits of resource and connection manager, instead of none")
	f.BoolVar(&c.earlyMuxer, "early-muxer", true, "negotiate the muxer inside the security handshake")
	f.BoolVar(&c.noEvents, "no-events", false, "write no events except ready")
	f.DurationVar(&c.stallTimeout, "stall-timeout", time.Minute, "when a stalled stream starts to read without unstall")

	f.BoolVar(&c.relayService, "relay", false, "be a circuit relay v2")
	f.BoolVar(&c.relayPublicOnly, "relay-public-only", false, "put only public addresses into reservations, as go-libp2p does")
	f.BoolVar(&unlimited, "relay-unlimited", false, "relay without limit of time and data, and say so")
	f.DurationVar(&limit.Duration, "relay-duration", limit.Duration, "how long a circuit lives")
	f.Int64Var(&limit.Data, "relay-data", limit.Data, "bytes per direction of a circuit")
	f.DurationVar(&c.relay.ReservationTTL, "relay-ttl", c.relay.ReservationTTL, "how long a reservation lives")
	f.IntVar(&c.relay.MaxReservations, "relay-max-reservations", c.relay.MaxReservations, "reservations in all")
	f.IntVar(&c.relay.MaxReservationsPerPeer, "relay-per-peer", c.relay.MaxReservationsPerPeer,
		"reservations per peer (go-libp2p accepts and ignores it)")
	f.IntVar(&c.relay.MaxReservationsPerIP, "relay-per-ip", c.relay.MaxReservationsPerIP, "reservations per IP address")
	f.IntVar(&c.relay.MaxReservationsPerASN, "relay-per-asn", c.relay.MaxReservationsPerASN, "reservations per IPv6 ASN")
	f.IntVar(&c.relay.MaxCircuits, "relay-max-circuits", c.relay.MaxCircuits, "open circuits per peer")
	f.IntVar(&c.relay.BufferSize, "relay-buffer", c.relay.BufferSize, "copy buffer of a circuit, bytes")

	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	f.Visit(func(set *flag.Flag) { c.seeded = c.seeded || set.Name == "seed" })
	if c.seeded && c.keyType != "ed25519" {
		return c, fmt.Errorf("-seed works with ed25519 only, not with %s", c.keyType)
	}
	if dialOnly && len(c.listen) > 0 {
		return c, fmt.Errorf("-dial-only and -listen exclude each other")
	}
	if len(c.listen) == 0 && !dialOnly {
		c.listen = listFlag{"/ip4/127.0.0.1/tcp/0"}
	}
	c.relay.Limit = limit
	if unlimited {
		c.relay.Limit = nil
	}
	return c, nil
}
