package com.medspasync.bench;

import com.google.crypto.tink.Aead;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.crypto.Tink;

/** What the encryption library costs over JCE used by hand, and over Tink, in one thread. The bar is 0.9 of JCE. */
public final class CryptoBench {

    private static final int ROUNDS = 31;
    private static final String RAW = "raw JCE, reused cipher";

    private CryptoBench() {}

    public static void main(String[] arguments) throws Exception {
        fields(32);
        fields(1_024);
    }

    private static void fields(int size) throws Exception {
        Library library = new Library();
        NewClientKey client = library.hierarchy.createClientKey(Library.PRACTICE, Library.CLIENT);
        DataKeys keys = library.open(Library.CLIENT, client);
        DataKey key = keys.current();
        byte[] plaintext = Jce.bytes(size);
        byte[] sealed = library.fields.encrypt(key, Library.SSN, plaintext);
        Rounds.Work encrypt = () -> library.fields.encrypt(key, Library.SSN, plaintext).length;
        Rounds.Work decrypt = () -> library.fields.decrypt(keys, Library.SSN, sealed).length;
        Rounds.Work both = () ->
                library.fields.decrypt(keys, Library.SSN, library.fields.encrypt(key, Library.SSN, plaintext)).length;
        againstJce(plaintext, encrypt, decrypt, both);
        againstTink(plaintext, encrypt, decrypt);
    }

    private static void againstJce(byte[] plaintext, Rounds.Work encrypt, Rounds.Work decrypt, Rounds.Work both)
            throws Exception {
        Jce raw = new Jce();
        byte[] sealed = raw.encrypt(plaintext);
        new Rounds(ROUNDS)
                .with(RAW, () -> raw.encrypt(plaintext).length)
                .with("FieldCipher.encrypt", encrypt)
                .print("encrypt a field of " + plaintext.length + " bytes");
        new Rounds(ROUNDS)
                .with(RAW, () -> raw.decrypt(sealed).length)
                .with("FieldCipher.decrypt", decrypt)
                .print("decrypt a field of " + plaintext.length + " bytes");
        new Rounds(ROUNDS)
                .with(RAW, () -> raw.decrypt(raw.encrypt(plaintext)).length)
                .with("FieldCipher", both)
                .print("encrypt and decrypt a field of " + plaintext.length + " bytes");
        new Rounds(ROUNDS)
                .with(RAW, () -> raw.encrypt(plaintext).length)
                .with("raw JCE, a cipher for each call", () -> new Jce().encrypt(plaintext).length)
                .print("what reuse is worth, " + plaintext.length + " bytes");
    }

    private static void againstTink(byte[] plaintext, Rounds.Work encrypt, Rounds.Work decrypt) throws Exception {
        Aead tink = Tink.aesGcm(Jce.bytes(32));
        byte[] sealed = tink.encrypt(plaintext, Jce.ASSOCIATED_DATA);
        new Rounds(ROUNDS)
                .with("Tink", () -> tink.encrypt(plaintext, Jce.ASSOCIATED_DATA).length)
                .with("FieldCipher.encrypt", encrypt)
                .print("encrypt a field of " + plaintext.length + " bytes, against Tink");
        new Rounds(ROUNDS)
                .with("Tink", () -> tink.decrypt(sealed, Jce.ASSOCIATED_DATA).length)
                .with("FieldCipher.decrypt", decrypt)
                .print("decrypt a field of " + plaintext.length + " bytes, against Tink");
    }
}
