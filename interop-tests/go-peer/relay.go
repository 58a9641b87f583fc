package main

import (
	"context"
	"errors"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
)

type relayOptions struct {
	on        bool
	unlimited bool
	duration  time.Duration
	data      int64
	ttl       time.Duration
}

func serveRelay(h host.Host, o relayOptions) error {
	resources := relay.DefaultResources()
	if o.duration > 0 {
		resources.Limit.Duration = o.duration
	}
	if o.data > 0 {
		resources.Limit.Data = o.data
	}
	if o.ttl > 0 {
		resources.ReservationTTL = o.ttl
	}
	options := []relay.Option{relay.WithResources(resources)}
	if o.unlimited {
		options = append(options, relay.WithInfiniteLimits())
	}
	_, err := relay.New(h, options...)
	return err
}

// reserve asks a relay for a reservation and tells its terms.
func (n *node) reserve(ctx context.Context, addr string) (reply, error) {
	target, err := peer.AddrInfoFromString(addr)
	if err != nil {
		return nil, err
	}
	reservation, err := client.Reserve(ctx, n.host, *target)
	if err != nil {
		return nil, err
	}
	return reply{
		"expires": reservation.Expiration.Unix(), "addrs": texts(reservation.Addrs),
		"durationSeconds": int64(reservation.LimitDuration.Seconds()), "dataBytes": reservation.LimitData,
		"voucher": reservation.Voucher != nil,
	}, nil
}

func relayStatus(err error, answer reply) reply {
	var refused client.ReservationError
	if errors.As(err, &refused) {
		answer["status"] = int32(refused.Status)
	}
	return answer
}
