// Writes the vectors of ../resources/vectors with go-libp2p, so that the tests of this module agree with what is
// deployed and not only with themselves. Run it as: go run . ../resources/vectors
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	relay "github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/proto"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
	"github.com/multiformats/go-multibase"
)

const message = "what go-libp2p signed"

func main() {
	directory := os.Args[1]
	keys := newKeys()
	write(directory, "multiaddrs.tsv", multiaddrs())
	write(directory, "keys.tsv", keyLines(keys))
	write(directory, "records.tsv", recordLines(keys))
	write(directory, "ed25519.tsv", signatures())
}

// text, binary form or "-" when go refuses the text, canonical text, what manet says of it
func multiaddrs() []string {
	var lines []string
	for _, text := range addresses() {
		address, err := ma.NewMultiaddr(text)
		if err != nil {
			lines = append(lines, row(text, "-", "-", "-"))
			continue
		}
		lines = append(lines, row(text, hex.EncodeToString(address.Bytes()), address.String(), classes(address)))
	}
	return lines
}

func classes(address ma.Multiaddr) string {
	var names []string
	add := func(is bool, name string) {
		if is {
			names = append(names, name)
		}
	}
	add(manet.IsPublicAddr(address), "public")
	add(manet.IsPrivateAddr(address), "private")
	add(manet.IsIPLoopback(address), "loopback")
	add(manet.IsIP6LinkLocal(address), "link-local")
	add(manet.IsIPUnspecified(address), "unspecified")
	return strings.Join(names, " ")
}

type key struct {
	name    string
	private crypto.PrivKey
}

func newKeys() []key {
	seed := make([]byte, 32)
	for i := range seed {
		seed[i] = byte(i)
	}
	keys := []key{
		{"ed25519", first(crypto.GenerateEd25519Key(strings.NewReader(string(seed))))},
		{"secp256k1", first(crypto.GenerateSecp256k1Key(rand.Reader))},
		{"rsa-2048", first(crypto.GenerateRSAKeyPair(2048, rand.Reader))},
		{"rsa-3072", first(crypto.GenerateRSAKeyPair(3072, rand.Reader))},
		{"rsa-8192", first(crypto.GenerateRSAKeyPair(8192, rand.Reader))},
	}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		generated := must(ecdsa.GenerateKey(curve, rand.Reader))
		keys = append(keys, key{"ecdsa-" + strings.ToLower(curve.Params().Name), first(crypto.ECDSAKeyPairFromKey(generated))})
	}
	return keys
}

// name, private key, public key, peer ID in base58 and as CID in base32 and base36, signature over the message
func keyLines(keys []key) []string {
	var lines []string
	for _, key := range keys {
		id := must(peer.IDFromPrivateKey(key.private))
		cid := peer.ToCid(id)
		lines = append(lines, row(
			key.name,
			hex.EncodeToString(must(crypto.MarshalPrivateKey(key.private))),
			hex.EncodeToString(must(crypto.MarshalPublicKey(key.private.GetPublic()))),
			id.String(),
			must(cid.StringOfBase(multibase.Base32)),
			must(cid.StringOfBase(multibase.Base36)),
			hex.EncodeToString(must(key.private.Sign([]byte(message)))),
		))
	}
	return lines
}

// name of the key, sealed peer record, sealed voucher of that key as relay for the first key, sealed bytes
func recordLines(keys []key) []string {
	var lines []string
	first := must(peer.IDFromPrivateKey(keys[0].private))
	for _, key := range keys {
		id := must(peer.IDFromPrivateKey(key.private))
		peerRecord := &peer.PeerRecord{PeerID: id, Seq: 1700000000000000001, Addrs: []ma.Multiaddr{
			ma.StringCast("/ip4/198.51.100.7/tcp/4001"),
			ma.StringCast("/ip6/2001:db8::7/udp/4001/quic-v1"),
		}}
		voucher := &relay.ReservationVoucher{Relay: id, Peer: first, Expiration: time.Unix(1800000000, 0)}
		lines = append(lines, row(key.name, sealed(peerRecord, key), sealed(voucher, key), sealed(&greeting{}, key)))
	}
	return lines
}

func sealed(content record.Record, key key) string {
	return hex.EncodeToString(must(must(record.Seal(content, key.private)).Marshal()))
}

// A record of no protocol, as an application would define one.
type greeting struct{}

func (*greeting) Domain() string                 { return "peerup-vectors" }
func (*greeting) Codec() []byte                  { return []byte("/peerup/greeting") }
func (*greeting) MarshalRecord() ([]byte, error) { return []byte("hello"), nil }
func (*greeting) UnmarshalRecord([]byte) error   { return nil }

func write(directory, name string, lines []string) {
	content := strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(directory, name), []byte(content), 0o644); err != nil {
		panic(err)
	}
}

func row(columns ...string) string { return strings.Join(columns, "\t") }

func first(private crypto.PrivKey, _ crypto.PubKey, err error) crypto.PrivKey {
	return must(private, err)
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(fmt.Sprint(err))
	}
	return value
}
