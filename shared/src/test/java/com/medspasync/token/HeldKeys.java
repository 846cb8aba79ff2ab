package com.medspasync.token;

import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Token keys held in memory; the last one added signs. */
public final class HeldKeys implements TokenKeys {

    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();
    private volatile SigningKey current;

    public HeldKeys(SigningKey first) {
        keys.put(first.kid(), first);
        current = first;
    }

    void add(SigningKey key) {
        keys.put(key.kid(), key);
        current = key;
    }

    void withdraw(SigningKey key) {
        keys.remove(key.kid());
    }

    @Override
    public SigningKey current() {
        return current;
    }

    @Override
    public Optional<ECPublicKey> verifier(String kid) {
        return Optional.ofNullable(keys.get(kid)).map(SigningKey::publicKey);
    }

    @Override
    public JWKSet published() {
        return new JWKSet(keys.values().stream().map(SigningKey::jwk).toList());
    }
}
