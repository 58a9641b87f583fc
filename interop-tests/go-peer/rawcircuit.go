package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	pbv2 "github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/pb"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/proto"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/util"
)

// A raw circuit carries bytes of ours instead of a libp2p connection, so that both ends can count what the relay let
// through. Each end sends bytes that follow from its peer id; the other knows them.

const (
	maxCircuitMessage = 4096
	maxRawBytes       = 1 << 30
)

type circuitRawParams struct {
	Relay string  `json:"relay"` // peer id, connected
	Peer  peer.ID `json:"peer"`
	Bytes int64   `json:"bytes"`
}

type circuitRaw struct {
	Status       int32  `json:"status"`
	StatusName   string `json:"statusName"`
	LimitSeconds uint32 `json:"durationSeconds"` // 0: no limit
	LimitBytes   uint64 `json:"dataBytes"`       // 0: no limit
	*traffic            // none after a refusal
}

// circuitRaw asks a relay for a circuit, also where go-libp2p would not, and exchanges bytes over it. A refusal is an
// answer, not an error.
func (p *testPeer) circuitRaw(ctx context.Context, params circuitRawParams) (circuitRaw, error) {
	relay, err := peer.Decode(params.Relay)
	if err != nil {
		return circuitRaw{}, err
	}
	var answer circuitRaw
	err = p.use(ctx, relay, proto.ProtoIDv2Hop, func(s network.Stream) error {
		ask := &pbv2.HopMessage{
			Type: pbv2.HopMessage_CONNECT.Enum(),
			Peer: &pbv2.Peer{Id: []byte(params.Peer)},
		}
		if err := util.NewDelimitedWriter(s).WriteMsg(ask); err != nil {
			return err
		}
		reader := util.NewDelimitedReader(s, maxCircuitMessage)
		defer reader.Close()
		var told pbv2.HopMessage
		if err := reader.ReadMsg(&told); err != nil {
			return fmt.Errorf("no answer of the relay: %w", err)
		}
		if told.GetType() != pbv2.HopMessage_STATUS {
			return fmt.Errorf("the relay answered with a %s", told.GetType())
		}
		answer.Status, answer.StatusName = int32(told.GetStatus()), told.GetStatus().String()
		answer.LimitSeconds, answer.LimitBytes = told.GetLimit().GetDuration(), told.GetLimit().GetData()
		if told.GetStatus() == pbv2.Status_OK {
			t := exchange(s, p.host.ID(), params.Peer, min(params.Bytes, maxRawBytes))
			answer.traffic = &t
		}
		return nil
	})
	return answer, err
}

type stopRawParams struct {
	Status int32 `json:"status"` // what to answer the relay, OK unless it is given
	Bytes  int64 `json:"bytes"`
}

type rawCircuitEnded struct {
	Relay peer.ID `json:"relay"`
	Peer  peer.ID `json:"peer"`
	traffic
}

// stopRaw takes circuits that arrive from now on away from go-libp2p: refuses them, or exchanges bytes and tells by an
// event how that ended.
func (p *testPeer) stopRaw(_ context.Context, params stopRawParams) (none, error) {
	status := pbv2.Status(params.Status)
	if params.Status == 0 {
		status = pbv2.Status_OK
	}
	p.host.SetStreamHandler(proto.ProtoIDv2Stop, p.handler(func(s network.Stream) error {
		reader := util.NewDelimitedReader(s, maxCircuitMessage)
		defer reader.Close()
		var ask pbv2.StopMessage
		if err := reader.ReadMsg(&ask); err != nil {
			return err
		}
		source, err := peer.IDFromBytes(ask.GetPeer().GetId())
		if err != nil {
			return err
		}
		answer := &pbv2.StopMessage{Type: pbv2.StopMessage_STATUS.Enum(), Status: status.Enum()}
		if err := util.NewDelimitedWriter(s).WriteMsg(answer); err != nil {
			return err
		}
		if status == pbv2.Status_OK {
			t := exchange(s, p.host.ID(), source, min(params.Bytes, maxRawBytes))
			p.out.event("raw-circuit", rawCircuitEnded{s.Conn().RemotePeer(), source, t})
		}
		return nil
	}))
	return none{}, nil
}

// traffic is what one end of a raw circuit saw.
type traffic struct {
	Sent       int64    `json:"sent"` // taken by go-libp2p, not necessarily by the relay
	Received   int64    `json:"received"`
	Intact     bool     `json:"intact"` // what was received is what the other end sends, as far as it goes
	EOF        bool     `json:"eof"`
	ReadError  *failure `json:"readError,omitempty"`
	WriteError *failure `json:"writeError,omitempty"`
}

// exchange sends n bytes and the end, and reads until the other end's.
func exchange(s network.Stream, self, other peer.ID, n int64) traffic {
	var t traffic
	written := make(chan error, 1)
	go func() {
		var err error
		if t.Sent, err = io.Copy(onlyWriter{s}, io.LimitReader(bytesOf(self), n)); err == nil {
			err = s.CloseWrite()
		}
		written <- err
	}()
	check := &comparison{expected: bytesOf(other), same: true}
	var err error
	t.Received, err = copyBlocks(check, s)
	t.Intact, t.EOF = check.same, err == nil
	if err != nil {
		seen := failureOf(err)
		t.ReadError = &seen
		_ = s.Reset() // nothing will come of what is still written
	}
	if err := <-written; err != nil {
		seen := failureOf(err)
		t.WriteError = &seen
	}
	return t
}

// bytesOf never ends.
func bytesOf(id peer.ID) io.Reader {
	return rand.NewChaCha8(sha256.Sum256([]byte(id)))
}

type comparison struct {
	expected io.Reader
	same     bool
}

func (c *comparison) Write(b []byte) (int, error) {
	want := slices.Clone(b)
	_, _ = io.ReadFull(c.expected, want)
	c.same = c.same && bytes.Equal(want, b)
	return len(b), nil
}
