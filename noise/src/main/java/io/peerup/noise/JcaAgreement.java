package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** X25519 by a provider of the JDK's cipher framework, whose keys are the raw ones behind a fixed head. RFC 8410. */
final class JcaAgreement implements X25519Agreement {
    private static final String ALGORITHM = "XDH";
    private static final byte[] SECRET_HEAD = HexFormat.of().parseHex("302e020100300506032b656e04220420");
    private static final byte[] PUBLIC_HEAD = HexFormat.of().parseHex("302a300506032b656e032100");

    private final Provider provider;
    private final PrivateKey secret;

    JcaAgreement(byte[] secret, Provider provider) {
        this.provider = provider;
        try {
            this.secret = KeyFactory.getInstance(ALGORITHM, provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(Messages.concat(SECRET_HEAD, secret)));
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("any 32 bytes are a secret key", bug);
        }
    }

    @Override
    public byte[] with(byte[] remotePublic) throws ProtocolViolation {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM, provider);
            agreement.init(secret);
            agreement.doPhase(
                    KeyFactory.getInstance(ALGORITHM, provider)
                            .generatePublic(new X509EncodedKeySpec(Messages.concat(PUBLIC_HEAD, remotePublic))),
                    true);
            return agreement.generateSecret();
        } catch (InvalidKeyException lowOrder) {
            throw X25519Agreement.lowOrder();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("any 32 bytes are a public key", bug);
        }
    }
}
