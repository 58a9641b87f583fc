// Writes identify messages as go-libp2p encodes them, with fixed keys, as vectors for GoVectorTest:
// go run . > ../resources/go-identify.json
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/record"
	pb "github.com/libp2p/go-libp2p/p2p/protocol/identify/pb"
	ma "github.com/multiformats/go-multiaddr"
	"google.golang.org/protobuf/proto"
)

const agent, version = "go-vector/1", "vector/2"
const sequence = 1_700_000_000_123_456_789
const observed = "/ip4/11.0.0.9/tcp/5000"

var addresses = []string{"/ip4/127.0.0.1/tcp/4001", "/ip4/192.168.1.5/tcp/4001", "/ip4/11.0.0.1/tcp/4001", "/ip6/2001:4860::1/udp/4001/quic-v1"}
var protocols = []string{"/ipfs/id/1.0.0", "/ipfs/id/push/1.0.0", "/ipfs/ping/1.0.0"}

type vector struct {
	Source    string   `json:"source"`
	Seed      string   `json:"seed"`
	Peer      string   `json:"peer"`
	Agent     string   `json:"agent"`
	Version   string   `json:"version"`
	Sequence  uint64   `json:"sequence"`
	Observed  string   `json:"observed"`
	Addresses []string `json:"addresses"`
	Protocols []string `json:"protocols"`
	Record    string   `json:"record"`
	Message   string   `json:"message"`
}

func main() {
	seed := bytes.Repeat([]byte{7}, 32)
	key, _, err := crypto.GenerateEd25519Key(bytes.NewReader(seed))
	must(err)
	id, err := peer.IDFromPrivateKey(key)
	must(err)
	public, err := crypto.MarshalPublicKey(key.GetPublic())
	must(err)

	message := &pb.Identify{
		PublicKey:       public,
		ObservedAddr:    binary(observed),
		ProtocolVersion: proto.String(version),
		AgentVersion:    proto.String(agent),
		Protocols:       protocols,
	}
	signed := &peer.PeerRecord{PeerID: id, Seq: sequence}
	for _, text := range addresses {
		message.ListenAddrs = append(message.ListenAddrs, binary(text))
		signed.Addrs = append(signed.Addrs, ma.StringCast(text))
	}
	envelope, err := record.Seal(signed, key)
	must(err)
	message.SignedPeerRecord, err = envelope.Marshal()
	must(err)
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
	must(err)

	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	must(out.Encode(vector{
		Source: "go-libp2p v0.47.0", Seed: hex.EncodeToString(seed), Peer: id.String(), Agent: agent, Version: version,
		Sequence: sequence, Observed: observed, Addresses: addresses, Protocols: protocols,
		Record: hex.EncodeToString(message.SignedPeerRecord), Message: hex.EncodeToString(encoded),
	}))
}

func binary(text string) []byte { return ma.StringCast(text).Bytes() }

func must(err error) {
	if err != nil {
		panic(err)
	}
}
