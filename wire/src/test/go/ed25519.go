package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// The points of small order, and the other ways to write them that RFC 8032 forbids.
var smallOrder = []string{
	"0100000000000000000000000000000000000000000000000000000000000000",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
}

// what the case is, public key, message, signature, whether go accepts
func signatures() []string {
	private := ed25519.NewKeyFromSeed([]byte(strings.Repeat("peer-up ", 4)))
	public := private.Public().(ed25519.PublicKey)
	var lines []string
	judge := func(name string, key, message, signature []byte) {
		accepted := len(signature) == ed25519.SignatureSize && ed25519.Verify(key, message, signature)
		lines = append(lines, row(
			name, hex.EncodeToString(key), hex.EncodeToString(message), hex.EncodeToString(signature),
			strconv.FormatBool(accepted)))
	}
	for _, length := range []int{0, 1, 63, 64, 65, 127, 128, 1023} {
		text := []byte(strings.Repeat("m", length))
		judge("honest", public, text, ed25519.Sign(private, text))
	}
	text := []byte(message)
	honest := ed25519.Sign(private, text)
	for _, multiple := range []int64{1, 2, 3, 7} {
		judge("s too large", public, text, plusOrder(honest, multiple))
	}
	for _, s := range []string{"00", "01", "ed", "ff"} {
		judge("constant s", public, text, slices.Concat(honest[:32], unhex(strings.Repeat(s, 32))))
		judge("constant r", public, text, slices.Concat(unhex(strings.Repeat(s, 32)), honest[32:]))
	}
	judge("empty", public, text, nil)
	judge("truncated", public, text, honest[:63])
	judge("too long", public, text, append(slices.Clone(honest), 0))
	judge("halves exchanged", public, text, slices.Concat(honest[32:], honest[:32]))
	judge("r negated", public, text, slices.Concat(honest[:31], []byte{honest[31] ^ 0x80}, honest[32:]))
	zero := make([]byte, 32)
	for _, key := range smallOrder {
		judge("honest signature, key of small order", unhex(key), text, honest)
		judge("r of small order", public, text, slices.Concat(unhex(key), honest[32:]))
		for _, r := range smallOrder {
			judge("all of small order", unhex(key), text, slices.Concat(unhex(r), zero))
		}
	}
	return lines
}

// The same signature with a multiple of the group's order added to s, as far as it fits.
func plusOrder(signature []byte, multiple int64) []byte {
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	littleEndian := slices.Clone(signature[32:])
	slices.Reverse(littleEndian)
	s := new(big.Int).SetBytes(littleEndian)
	s.Add(s, new(big.Int).Mul(order, big.NewInt(multiple)))
	bytes := s.FillBytes(make([]byte, 32))
	slices.Reverse(bytes)
	return slices.Concat(signature[:32], bytes)
}

func unhex(digits string) []byte { return must(hex.DecodeString(digits)) }
