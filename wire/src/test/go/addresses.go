package main

import (
	"fmt"
	"math/rand"
	"strings"
)

const (
	ed25519Peer = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB"
	relayPeer   = "12D3KooWCd3eX8r5ihRvzK7P1yPq5aakaBJhG5GNj18YTztPhoCa"
	certHash    = "uEiAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw"
)

// Every protocol, every way to write a value that we know of, and what go makes of mistakes.
func addresses() []string {
	list := []string{
		"/ip4/1.2.3.4", "/ip4/0.0.0.0", "/ip4/255.255.255.255", "/ip4/1.2.3.4/", "/ip4/1.2.3.4///",
		"/ip4/127.0.0.1/tcp/4001", "/ip4/127.255.0.9/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip4/100.64.0.1/tcp/1",
		"/ip4/100.127.255.255/tcp/1", "/ip4/100.128.0.0/tcp/1", "/ip4/172.16.0.1/tcp/1", "/ip4/172.31.255.255/tcp/1",
		"/ip4/172.32.0.0/tcp/1", "/ip4/192.168.1.1/tcp/1", "/ip4/169.254.1.1/tcp/1", "/ip4/0.1.2.3/tcp/1",
		"/ip4/192.0.0.63/tcp/1", "/ip4/192.0.0.64/tcp/1", "/ip4/192.0.2.1/tcp/1", "/ip4/192.88.99.1/tcp/1",
		"/ip4/198.18.0.1/tcp/1", "/ip4/198.19.255.255/tcp/1", "/ip4/198.20.0.0/tcp/1", "/ip4/198.51.100.1/tcp/1",
		"/ip4/203.0.113.50/tcp/1", "/ip4/224.0.0.1/tcp/1", "/ip4/240.0.0.1/tcp/1", "/ip4/223.255.255.255/tcp/1",
		"/ip4/8.8.8.8/udp/53", "/ip4/11.0.0.2/tcp/7777",
		"/ip6/::", "/ip6/::1", "/ip6/::2", "/ip6/1::", "/ip6/2001:db8::1", "/ip6/2001:db9::1", "/ip6/fe80::1",
		"/ip6/febf::1", "/ip6/fec0::1", "/ip6/fc00::1", "/ip6/fdff::1", "/ip6/ff02::1", "/ip6/ff0e::1",
		"/ip6/64:ff9b::808:808", "/ip6/64:ff9b:1::1", "/ip6/64:ff9b:2::1", "/ip6/::ffff:127.0.0.1",
		"/ip6/::ffff:8.8.8.8", "/ip6/::ffff:10.0.0.1", "/ip6/::1.2.3.4", "/ip6/2600:1f18::7/tcp/4001",
		"/ip6/2001:DB8:0:0:1:0:0:1", "/ip6/2001:db8:0:1:1:1:1:1", "/ip6/0:0:0:0:0:0:0:0", "/ip6/1:0:0:2:0:0:0:3",
		"/ip6/1:2:3:4:5:6:7::", "/ip6/::2:3:4:5:6:7:8", "/ip6/1:2:3:4:5:6:1.2.3.4", "/ip6/0001:02:3::",
		"/ip6zone/eth0/ip6/fe80::1/tcp/1", "/ip6zone/3/ip6/::1", "/ip6zone/x%y/ip6/2600::1", "/ip6zone/x",
		"/ip6zone/x/ip4/1.2.3.4", "/ip6zone/x/tcp/1",
		"/tcp/0", "/tcp/65535", "/udp/0", "/udp/65535", "/tcp/080",
		"/dns/example.com/tcp/443", "/dns4/example.com/udp/1", "/dns6/example.com", "/dnsaddr/bootstrap.example.com",
		"/dns/localhost/tcp/1", "/dns/a.localhost", "/dns/notlocalhost", "/dns/printer.local", "/dns/local",
		"/dns/x.test", "/dns/x.home.arpa", "/dns/1.in-addr.arpa", "/dns/1.ip6.arpa", "/dns/x.invalid", "/dns/arpa",
		"/dns/b\u00fccher.example/tcp/1",
		"/ip4/1.2.3.4/udp/4001/quic", "/ip4/1.2.3.4/udp/4001/quic-v1", "/ip4/1.2.3.4/udp/4001/webrtc-direct",
		"/ip4/1.2.3.4/udp/4001/webrtc-direct/certhash/" + certHash, "/ip4/1.2.3.4/tcp/1/webrtc",
		"/ip4/1.2.3.4/udp/4001/quic-v1/webtransport/certhash/" + certHash + "/certhash/" + certHash,
		"/certhash/zQmbWTwYGcmdyK9CYfNBcfs9nhZs17a6FQ4Y8oea278xx41", "/certhash/b" + "ciqaaaicamcakbqhbaeqsclqvdaobjmerfirhcugahqhzq",
		"/certhash/Qm", "/certhash/u", "/certhash/uEiAAAQ", "/certhash/",
		"/ip4/1.2.3.4/tcp/4001/p2p/" + ed25519Peer, "/ip4/1.2.3.4/tcp/4001/ipfs/" + ed25519Peer,
		"/p2p/" + ed25519Peer, "/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC",
		"/p2p/bafzbeigvf25ytwc3akrijfecaotc74udrhcxzh2cx3we5qqnw5vgrei4bm",
		"/p2p/k51qzi5uqu5dhb6l8spkdx7yxafegfkee5by8h7lmjh2ehc2sgg34z7c15vzqs",
		"/p2p/bafkreiaeu5u7bjiryyyjnwc2yfnbosgncgnsmzicycswvysegragdqq6ei", "/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNK0",
		"/p2p/" + ed25519Peer + "a", "/p2p/", "/p2p/tcp", "/p2p/1", "/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNK",
		"/ip4/1.2.3.4/tcp/4001/p2p/" + relayPeer + "/p2p-circuit",
		"/ip4/1.2.3.4/tcp/4001/p2p/" + relayPeer + "/p2p-circuit/p2p/" + ed25519Peer,
		"/ip4/10.2.3.4/tcp/4001/p2p/" + relayPeer + "/p2p-circuit/ip4/8.8.8.8/tcp/1", "/p2p-circuit",
		"/p2p-circuit/p2p/" + ed25519Peer,
		"/unix/run/peerup.sock", "/unix/a", "/unix/a/", "/unix/a//b", "/unix//a", "/unix", "/unix/", "/ip4/1.2.3.4/unix/a/tcp/1",
		"/ip4/1.2.3.4/tcp/443/tls", "/ip4/1.2.3.4/tcp/443/tls/sni/example.com/ws", "/ip4/1.2.3.4/tcp/443/wss",
		"/dns/example.com/tcp/80/ws", "/ip4/1.2.3.4/tcp/443/noise", "/ip4/1.2.3.4/tcp/80/http", "/sni/", "/sni",
		"/ip4/1.2.3.4/tcp/80/http/http-path/a", "/http-path/a%2Fb", "/http-path/a%2fb", "/http-path/a+b%20c%2Bd~-_.%25",
		"/http-path/a*!'()", "/http-path/%C3%BC", "/http-path/\u00fc", "/http-path/", "/http-path/%", "/http-path/%4",
		"/http-path/%zz", "/http-path/a/http",
		"/memory/0", "/memory/777", "/memory/18446744073709551615", "/memory/18446744073709551616", "/memory/-1", "/memory/x",
		"", "/", "//", "ip4/1.2.3.4", "/ip4", "/ip4/", "/ip4//", "//ip4/1.2.3.4", "/ip4/1.2.3", "/ip4/1.2.3.4.5", "/ip4/256.1.1.1",
		"/ip4/01.2.3.4", "/ip4/::1", "/ip4/example.com", "/ip4/1.2.3.4 ", "/ip6", "/ip6/1.2.3.4", "/ip6/:::", "/ip6/1::2::3",
		"/ip6/1:2:3:4:5:6:7", "/ip6/1:2:3:4:5:6:7:8:9", "/ip6/12345::", "/ip6/g::", "/ip6/fe80::1%eth0", "/ip6/1:2:3:4:5:6:7:8::",
		"/ip6/:1::", "/ip6/::1:", "/ip6/1:2:3:4:5:6:7:1.2.3.4", "/ip6/::1.2.3", "/ip6/1.2.3.4::", "/ip6/::01.2.3.4",
		"/ip6zone", "/ip6zone/", "/ip6zone//ip6/fe80::1", "/tcp", "/tcp/", "/tcp/-1", "/tcp/+1", "/tcp/65536", "/tcp/x", "/tcp/1.0",
		"/udp/65536", "/tcp/99999999999999999999", "/quic/1", "/tls/x", "/p2p-circuit/x", "/dns/", "/dns", "/dns//tcp/1",
		"/ip4/::ffff:1.2.3.4", "/IP4/1.2.3.4", "/ip4/1.2.3.4/TCP/1", "/unknown", "/ip4/1.2.3.4/tcp/1/unknown/2",
	}
	return append(list, mixed(200)...)
}

// Addresses that nobody would write, the same ones in every run.
func mixed(count int) []string {
	random := rand.New(rand.NewSource(7))
	parts := []func() string{
		func() string {
			return fmt.Sprintf("/ip4/%d.%d.%d.%d", random.Intn(256), random.Intn(256), random.Intn(256), random.Intn(256))
		},
		func() string { return "/ip6/" + ip6(random) },
		func() string { return fmt.Sprintf("/tcp/%d", random.Intn(65536)) },
		func() string { return fmt.Sprintf("/udp/%d", random.Intn(65536)) },
		func() string { return fmt.Sprintf("/memory/%d", random.Uint64()) },
		func() string { return "/p2p/" + []string{ed25519Peer, relayPeer}[random.Intn(2)] },
		func() string {
			return []string{"/dns", "/dns4", "/dns6", "/dnsaddr", "/sni"}[random.Intn(5)] + "/example.org"
		},
		func() string {
			flags := []string{"tls", "noise", "quic", "quic-v1", "webtransport", "webrtc", "webrtc-direct", "ws", "wss", "http", "p2p-circuit"}
			return "/" + flags[random.Intn(len(flags))]
		},
	}
	var list []string
	for range count {
		var text strings.Builder
		for range 1 + random.Intn(8) {
			text.WriteString(parts[random.Intn(len(parts))]())
		}
		list = append(list, text.String())
	}
	return list
}

// Groups of which many are zero, written in full.
func ip6(random *rand.Rand) string {
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = "0"
		if random.Intn(2) == 0 {
			groups[i] = fmt.Sprintf("%x", random.Intn(65536))
		}
	}
	return strings.Join(groups, ":")
}
