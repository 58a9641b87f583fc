package main

import (
	"errors"
	"regexp"
	"strconv"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	pbv2 "github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/pb"
)

// failure is an error as a reply or an event tells it. Fields that do not apply are left out.
type failure struct {
	Error           string  `json:"error"`
	StreamCode      *uint32 `json:"code,omitempty"`
	ConnCode        *uint32 `json:"connCode,omitempty"`
	Remote          *bool   `json:"remote,omitempty"`
	RelayStatus     *int32  `json:"status,omitempty"`
	RelayStatusName string  `json:"statusName,omitempty"`
}

// go-libp2p's circuit dialer puts the status of the relay only into the text of its error.
var circuitStatus = regexp.MustCompile(`error opening relay circuit: (\w*) \((\d+)\)`)

func failureOf(err error) failure {
	f := failure{Error: err.Error()}
	var streamError *network.StreamError
	var connError *network.ConnError
	switch {
	case errors.As(err, &streamError):
		code := uint32(streamError.ErrorCode)
		f.StreamCode, f.Remote = &code, &streamError.Remote
	case errors.As(err, &connError):
		code := uint32(connError.ErrorCode)
		f.ConnCode, f.Remote = &code, &connError.Remote
	}
	var refused client.ReservationError
	if errors.As(err, &refused) {
		status := int32(refused.Status)
		f.RelayStatus, f.RelayStatusName = &status, pbv2.Status_name[status]
	} else if m := circuitStatus.FindStringSubmatch(f.Error); m != nil {
		if number, err := strconv.ParseInt(m[2], 10, 32); err == nil {
			status := int32(number)
			f.RelayStatus, f.RelayStatusName = &status, m[1]
		}
	}
	return f
}
