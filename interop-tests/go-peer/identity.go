package main

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"github.com/libp2p/go-libp2p/core/crypto"
)

func newIdentity(c config) (crypto.PrivKey, error) {
	if c.seeded {
		return seededIdentity(c.seed)
	}
	var key crypto.PrivKey
	var err error
	switch c.keyType {
	case "ed25519":
		key, _, err = crypto.GenerateEd25519Key(rand.Reader)
	case "secp256k1":
		key, _, err = crypto.GenerateSecp256k1Key(rand.Reader)
	case "ecdsa":
		key, _, err = crypto.GenerateECDSAKeyPair(rand.Reader)
	case "rsa":
		key, _, err = crypto.GenerateRSAKeyPair(c.rsaBits, rand.Reader)
	default:
		err = fmt.Errorf("-key %q is none of ed25519, secp256k1, ecdsa, rsa", c.keyType)
	}
	return key, err
}

// seededIdentity uses the number itself as the 32-byte Ed25519 seed, big endian. Seed 0 is the identity of the
// servers in libp2p's performance suite.
func seededIdentity(n uint64) (crypto.PrivKey, error) {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[24:], n)
	key, _, err := crypto.GenerateEd25519Key(bytes.NewReader(seed[:]))
	return key, err
}
